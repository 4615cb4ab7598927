import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { gate } from "./gate.ts";

const late = () => new Error("too late");

test("lets no more through than its width, in the order they came", async () => {
  const door = gate(3, 5_000, late);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      door.pass(async () => {
        order.push(at);
        most = Math.max(most, ++inside);
        await sleep(1);
        inside -= 1;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 20 }, (_, at) => at));
});

test("sends away who waited too long, and keeps the place for the others", async () => {
  const door = gate(1, 20, late);
  const slow = door.pass(() => sleep(60));
  await expect(door.pass(async () => "never")).rejects.toThrow("too late");
  await slow;
  await expect(door.pass(async () => "now")).resolves.toBe("now");
});

test("a task that fails gives its place back", async () => {
  const door = gate(1, 1_000, late);
  await expect(door.pass(async () => Promise.reject(new Error("fell")))).rejects.toThrow("fell");
  await expect(door.pass(async () => "next")).resolves.toBe("next");
});
