import { expect, test } from "vitest";
import { emptyContent } from "@/draft/content";
import { neededMaterials } from "@/draft/needed-materials";

type Party = ReturnType<typeof emptyContent>["parties"][number];
const paper = (kind: string, label: string, hint: string) => ({ kind, label, hint, checked: true });
const papers = [
  {
    kind: "relative",
    label: "近亲属",
    papers: [
      paper("power_of_attorney", "授权委托书", "本人签名"),
      paper("kinship", "近亲属关系证明", "户口簿"),
      paper("identity", "代理人的身份证", "正反面都要"),
    ],
  },
  { kind: "guardian", label: "监护人", papers: [paper("kinship", "监护关系证明", "能看出是父母子女")] },
];
const party = (side: string, agents: string[]) =>
  ({ side, kind: "natural", agents: agents.map((kind) => ({ kind })) }) as unknown as Party;
const of = (...parties: Party[]) => neededMaterials({ ...emptyContent(), parties }, papers);

test("what an agent brings is what the court tells of their kind, once for each kind of paper", () => {
  expect(of(party("plaintiff", ["relative"]), party("plaintiff", ["guardian"]))).toEqual([
    { kind: "identity", title: "身份证明、代理人的身份证", why: "原告的身份证正反面；正反面都要" },
    { kind: "power_of_attorney", title: "授权委托书", why: "本人签名" },
    { kind: "kinship", title: "近亲属关系证明、监护关系证明", why: "户口簿；能看出是父母子女" },
    { kind: "evidence", title: "证据", why: expect.stringContaining("借条") },
  ]);
});

test("before the court has told, and of an agent nobody told of, the parties' own papers stand there", () => {
  const bare = [{ kind: "identity" }, { kind: "evidence" }];
  expect(neededMaterials({ ...emptyContent(), parties: [party("plaintiff", ["relative"])] })).toMatchObject(bare);
  expect(of(party("plaintiff", ["astrologer"]))).toMatchObject(bare);
  expect(of()).toMatchObject(bare);
});
