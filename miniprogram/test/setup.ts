import { beforeEach } from "vitest";
import { installUni } from "./uni-world";

beforeEach(() => {
  installUni();
});
