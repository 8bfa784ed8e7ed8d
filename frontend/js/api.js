/** The one way to the server. */

const PATIENCE_MS = 20000;
const FILE_PATIENCE_MS = 600000; // an archive, over two bars of signal

/** The server answered with a problem (RFC 9457). */
export class Refused extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
    this.status = problem.status;
  }

  /** The last part of the problem's type: "setup-code-needed". */
  get kind() {
    return this.problem.type.split('/').at(-1);
  }
}

/** Nobody answered, or somebody who is not Sundown. */
export class NoAnswer extends Error {}

/**
 * @param {string} method @param {string} path below /api/v1 @param {any} [body] a file goes as it is
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{data: any, etag: string | null}>}
 */
export async function call(method, path, body, headers = {}) {
  const file = body instanceof Blob;
  const type = file && body.type.startsWith('image/') ? body.type : 'application/json';
  if (body !== undefined) headers = { 'Content-Type': type, ...headers };
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      body: body === undefined || file ? body : JSON.stringify(body),
      headers: { ...headers, Accept: 'application/json, image/*' },
      signal: AbortSignal.timeout(file ? FILE_PATIENCE_MS : PATIENCE_MS),
    });
  } catch (error) {
    throw new NoAnswer(String(error));
  }
  const told = response.headers.get('Content-Type') ?? '';
  const read = told.includes('json') ? response.json() : told.startsWith('image/') ? response.blob() : null;
  const data = await read?.catch(() => null) ?? null;
  if (response.ok && (data !== null || response.status === 204)) return { data, etag: response.headers.get('ETag') };
  if (!told.includes('problem+json') || !data) throw new NoAnswer(`${response.status} without a reason`);
  throw new Refused(data);
}
