// What another program does with the generated types: log a note and find it among what is due.
import createClient from "openapi-fetch";
import type { paths } from "./generated.ts";

declare const process: { argv: string[] };

function check(holds: unknown, found: unknown): asserts holds {
  if (!holds) throw new Error(JSON.stringify(found));
}

const [url, token] = process.argv.slice(2);
check(url && token, "usage: in_typescript.ts URL TOKEN");
const client = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });

const capture = await client.POST("/api/v1/captures", {
  body: {
    text: "Dana, VP Eng at Northwind, promised her the trunk-based article",
    captured_at: new Date().toISOString(),
    timezone: "Europe/Lisbon",
    promises: [{ what: "the trunk-based article" }],
  },
});
check(capture.data, capture.error);
const { contact, encounter } = capture.data;

const upcoming = await client.GET("/api/v1/upcoming", { params: { query: { timezone: "Europe/Lisbon" } } });
check(upcoming.data, upcoming.error);
const due = upcoming.data.groups.flatMap((group) => group.tasks).filter((task) => task.contact_id === contact.id);
check(due.some((task) => task.action === "send_link" && task.because), due);

const unknown = await client.GET("/api/v1/contacts/{contact_id}", { params: { path: { contact_id: encounter.id } } });
check(unknown.error?.title === "Not found", unknown);
