import { createHash } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { generateSync } from "otplib";
import { SYSTEM } from "#core/actor.ts";
import { ensurePerson } from "#modules/account/index.ts";
import type { App } from "./app.ts";
import { idNumberOf, phoneOf } from "./seed-people.ts";

/** Asks the API as somebody who is signed in; what the answer holds, the caller says. */
export type Asking = <T = unknown>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<T>;
export interface List<T = { readonly id: string }> {
  readonly items: readonly T[];
}
export interface Sent {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly purpose?: string;
  readonly source?: string;
}
export type Callers = ReturnType<typeof callersOf>;

/** The people of the demonstration as callers of the API, at the moment at which the application's clock stands. */
export function callersOf({ means, deliver }: App, server: Server) {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const ask: Asking = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const sent =
      body === undefined
        ? { headers }
        : { headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
    const response = await fetch(`${origin}/api/v1${path}`, { method, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Error(`seed: ${method} ${path} answered ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const signedIn = async (path: string, credentials: object): Promise<Asking> => {
    const { accessToken } = await ask<{ accessToken: string }>("POST", path, credentials);
    return (method, pathOf, body, headers) =>
      ask(method, pathOf, body, { ...headers, authorization: `Bearer ${accessToken}` });
  };

  return {
    /** A person whose identity is verified. */
    async person(name: string): Promise<Asking> {
      const { openid } = await means.gateways.login.exchange(`sandbox:${name}`);
      const identity = { idType: "resident_id", idNumber: idNumberOf(name), phone: phoneOf(name) } as const;
      await means.transact(SYSTEM, (work) => ensurePerson(work, means.vault, { openid, name, ...identity }));
      return signedIn("/sessions/wechat", { code: `sandbox:${name}` });
    },

    staff: (username: string, password: string, totpSecret: string): Promise<Asking> =>
      signedIn("/sessions/staff", {
        username,
        password,
        totp: generateSync({ secret: totpSecret, epoch: Math.floor(means.clock.now().getTime() / 1000) }),
      }),

    /** Uploads a file to what `path` belongs to; gives the material's id. */
    async upload(litigant: Asking, path: string, { bytes, ...facts }: Sent): Promise<string> {
      const { material, upload } = await litigant<{
        material: { id: string };
        upload: { url: string; headers: Record<string, string> };
      }>("POST", `${path}/materials`, {
        ...facts,
        bytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      });
      const put = await fetch(new URL(upload.url, origin), {
        method: "PUT",
        headers: upload.headers,
        body: new Uint8Array(bytes),
      });
      if (!put.ok) throw new Error(`seed: upload answered ${put.status}`);
      await litigant("POST", `/materials/${material.id}/complete`, {});
      return material.id;
    },

    /** Tells events until nothing is due. */
    async settle(): Promise<void> {
      while ((await deliver()) > 0);
    },
  };
}

/** A key for what is done once, however often the demonstration starts. */
export const once = (...what: readonly string[]) => ({ "idempotency-key": ["seed", ...what].join("-") });
