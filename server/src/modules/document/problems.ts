import { problems } from "#core/problem.ts";

export const problem = problems({
  "document.unprintable": [422, "有些字目前还不能打印"],
  "document.busy": [503, "文书正在排队制作，请稍后再试"],
});
