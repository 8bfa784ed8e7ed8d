// What passes between the modules. The page never loads this file.

type Kind = 'networking' | 'social' | 'interview' | 'other';

interface Habit { choice: string; event: string; at: number }

interface Me {
  id: string; name: string; email: string; timezone: string; latitude: number | null; longitude: number | null;
  day_boundary: string; sundown_at: string | null; phone: string | null; best_hours: string | null;
  contact_email: string | null; minutes_an_evening: number | null; linkedin_url: string | null; website: string | null; postal_address: string | null;
}

interface Problem { type: string; title: string; status: number; detail: string; current?: any; into?: string;
  errors?: { pointer: string; detail: string }[] }

/** What a module behind an address offers; `again` is for a change while it is shown. */
interface PageModule {
  show(main: HTMLElement, id: string | undefined, current: () => boolean): Promise<void>;
  again?(main: HTMLElement, id: string): void;
}

/** A part of the settings fills its page in; what it gives is called when something changed. */
interface SettingsPart { show(page: HTMLElement, part: string): (() => void) | void }

/** One REST call that waits its turn; `id` is its Idempotency-Key. */
interface Op {
  seq?: number; id: string; user: string | null; method: string; path: string; body: any;
  what: 'capture' | 'task' | 'contact' | 'undo' | 'sort' | 'me' | 'touch' | 'encounter' | 'picture'; target: string;
  verb?: string; ids?: string[]; at: number;
  state: 'queued' | 'flying' | 'sent' | 'parked'; sentAt?: number; problem?: Problem; base?: any; undo?: Undo;
  pictures?: string[];
}

/** The call that takes an op back once it has left, where it is not the usual one. */
interface Undo { method: string; path: string; body: any; verb?: string; ids?: string[]; what?: Op['what']; target?: string }

interface Task {
  id: string; contact_id: string; encounter_id: string | null; action: string; channel: string; title: string;
  why: string; start_at: string; due_at: string; act_at: string; timezone: string; because: string; minutes: number;
  needs: string[]; status: string; snoozed_until: string | null; planned_on: string | null; stack: string | null;
  mail_hint: string | null;
  contact: { id: string; name: string | null; descriptor: string | null; company: string | null };
  recall: string | null; by: 'sundown' | 'midnight' | 'hour' | null;
}

/** Three or more tasks of one action from one event. */
interface Stack { stack: string; tasks: Task[] }
interface Group { name: string; minutes: number; tasks: Task[]; next: string | null;
  stacks?: { stack: string; event: string | null }[] }
interface View { now: string; sundown: { today: string; tomorrow: string }; groups: Group[];
  fits?: { minutes_an_evening: number | null } | null; met?: Met[] }
/** An event, and how far its follow-ups are. */
interface Met { event: string; people: number; followed_up: number }
interface Sky { days: { on: string; sundown_at: string }[] }
/** The part of the Barcode Detection API that is used, native or from vendor/qr. */
interface Detector { detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]> }
interface DetectorClass { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }
declare var BarcodeDetector: DetectorClass | undefined;
interface CloseWatcher extends EventTarget { destroy(): void }

interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}
declare var trustedTypes: TrustedTypePolicyFactory | undefined;

/** As much of the playbook as the page looks at; the rest goes back as it came. */
interface Rule { id: string; on: boolean; kind: Kind | null; title: string; why: string; minutes: number }
interface Playbook { version: string; write_by_email: boolean; rules: Rule[];
  nothing_for: { kind: Kind; round: number[] | null }[] }

/** Chromium keeps its question until it is asked for. */
interface InstallPrompt extends Event { prompt(): Promise<unknown> }
declare var installing: InstallPrompt | undefined;
