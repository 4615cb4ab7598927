import { expect, it } from "vitest";
import { iceServers } from "./turn.ts";

it("signs a relay's credentials as coturn reads them, good for four hours", () => {
  const turn = { urls: ["turn:turn.example.cn:3478", "turns:turn.example.cn:5349"], secret: "north-of-the-river" };
  // printf 1767240000:h12-p34 | openssl dgst -sha1 -hmac north-of-the-river -binary | base64
  expect(iceServers(turn, "h12-p34", Date.parse("2026-01-01T00:00:00.900Z"))).toEqual([
    { urls: turn.urls, username: "1767240000:h12-p34", credential: "3PtChprxqgyGTH3HzfP8CR8KXXw=" },
  ]);
});
