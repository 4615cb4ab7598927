import { expect, test } from "vitest";
import { send } from "../src/api/request";
import { serve } from "./uni-world";

test("a command without a body is sent with an empty object, a question with nothing", async () => {
  serve(({ body, header }) => ({ status: 200, body: { body, type: header["Content-Type"] } }));
  expect(await send({ method: "POST", path: "/hearings/1/ticket" }, null)).toEqual({
    body: {},
    type: "application/json",
  });
  expect(await send({ path: "/hearings/1" }, null)).toEqual({});
});
