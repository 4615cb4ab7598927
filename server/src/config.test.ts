import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

const secret = (text: string): string => Buffer.alloc(32, text).toString("base64");
/** Everything a court's own installation sets. */
const PRODUCTION = {
  SUTONG_MODE: "production",
  PUBLIC_URL: "https://susong.example.cn",
  DATABASE_URL: "mysql://app:word@db.internal/sutong",
  TOKEN_SECRET: secret("t"),
  STORE_SECRET: secret("s"),
  AUDIT_SECRET: secret("a"),
  INDEX_KEY: secret("i"),
  DATA_KEYS: `1:${secret("d")},2:${secret("e")}`,
  WECHAT_APPID: "wx0123456789abcdef",
  WECHAT_SECRET: secret("w"),
  IDENTITY_URL: "https://identity.example.cn",
  IDENTITY_KEY_ID: "court",
  IDENTITY_SECRET: secret("x"),
  CLAMD: "clamd.internal:3310",
};
const refused = (change: Record<string, string | undefined>): string => {
  try {
    readConfig({ ...PRODUCTION, ...change });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("production", () => {
  it("starts with drivers and secrets of its own", () => {
    expect(refused({})).toBe("");
    expect(readConfig(PRODUCTION).demonstration).toBe(false);
  });

  it.each(["SANDBOX_URL", "DEMO_PASSWORD", "DEMO_TOTP_SECRET"])("refuses to start with %s", (name) => {
    expect(refused({ [name]: name === "SANDBOX_URL" ? "http://127.0.0.1:9000" : "any" })).toContain(name);
  });

  it.each([
    "WECHAT_SECRET",
    "IDENTITY_URL",
    "CLAMD",
    "PUBLIC_URL",
    "TOKEN_SECRET",
    "DATA_KEYS",
    "INDEX_KEY",
    "AUDIT_SECRET",
  ])("refuses to start without %s", (name) => {
    expect(refused({ [name]: undefined })).toContain(name);
  });

  it.each(["WECHAT_BASE_URL", "IDENTITY_URL", "COURT_URL"])("refuses a %s on this machine", (name) => {
    expect(refused({ [name]: "http://127.0.0.1:8090/peer", COURT_SECRET: secret("c") })).toContain(name);
  });

  it("refuses the keys that demonstrations use, in whatever folder", () => {
    const known = readConfig({ SUTONG_MODE: "demonstration", DATABASE_URL: PRODUCTION.DATABASE_URL });
    for (const name of ["TOKEN_SECRET", "STORE_SECRET", "INDEX_KEY", "DATA_KEYS", "AUDIT_SECRET"] as const) {
      expect(refused({ [name]: known[name], DATA_DIR: undefined }), name).toContain(name);
    }
    expect(refused({ WECHAT_SECRET: "sandbox-wechat-secret" })).toContain("WECHAT_SECRET");
  });

  it("is what a configuration without a mode is", () => {
    expect(refused({ SUTONG_MODE: undefined, CLAMD: undefined })).toContain("CLAMD");
  });

  it("names everything that is wrong at once", () => {
    const message = refused({ CLAMD: undefined, PUBLIC_URL: undefined, DEMO_PASSWORD: "any" });
    for (const name of ["CLAMD", "PUBLIC_URL", "DEMO_PASSWORD"]) expect(message).toContain(name);
  });
});
