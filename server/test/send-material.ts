import type { Answered, TestApp } from "./app.ts";
import { orderOf, type Sent } from "./material-files.ts";
import type { Person } from "./people.ts";

/** Sends bytes to the addresses of an upload; `only` chooses parts. Gives the last status. */
export async function sendBytes(
  app: TestApp,
  upload: Answered["json"],
  bytes: Buffer,
  only?: (part: number) => boolean,
): Promise<number> {
  const parts = upload.parts ?? [
    { number: 1, offset: 0, bytes: bytes.length, url: upload.url, headers: upload.headers },
  ];
  let status = 200;
  for (const part of parts) {
    if (part.received || (only && !only(part.number))) continue;
    const body = new Uint8Array(bytes.subarray(part.offset, part.offset + part.bytes));
    const response = await fetch(new URL(part.url, app.origin), { method: upload.method, headers: part.headers, body });
    await response.arrayBuffer();
    status = response.status;
  }
  return status;
}

/** Announces, sends and completes; gives the answer to `complete`. */
export async function handIn(
  app: TestApp,
  who: Person,
  filingId: string,
  bytes: Buffer,
  sent: Sent = {},
): Promise<Answered> {
  const added = await who.ask("POST", `/filings/${filingId}/materials`, orderOf(bytes, sent));
  if (added.status >= 300) return added;
  const status = await sendBytes(app, added.json.upload, bytes);
  if (status !== 200) throw new Error(`the store answered ${status}`);
  return who.ask("POST", `/materials/${added.json.material.id}/complete`, {});
}
