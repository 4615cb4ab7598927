import type { FilingContent, IntakeItem, ReviewItem, SeriesDetail } from "@/api/contract.ts";

/** Members of a series as the server tells them; tests say what differs. */
export function sampleItem(part: Partial<IntakeItem> = {}): IntakeItem {
  return {
    id: "1",
    filingId: "101",
    queue: { id: "1", name: "民事立案" },
    lane: { code: "green", label: "绿色通道" },
    state: { code: "waiting", label: "待审查" },
    moves: [{ action: "claim", label: "领取" }],
    lease: null,
    assignee: null,
    title: "泉城物业有限公司 诉 赵敏 物业服务合同纠纷",
    cause: { code: "CIV2025:1", name: "物业服务合同纠纷" },
    amountFen: 234_500,
    receivedAt: "2026-11-20T02:00:00.000Z",
    dueOn: "2026-11-27",
    daysLeft: 5,
    overdue: false,
    completeness: 100,
    score: 1,
    round: 1,
    findings: { block: 0, warn: 0, hint: 0 },
    duplicates: 0,
    seriesId: "7",
    decision: null,
    ...part,
  };
}

export function sampleMember(part: Partial<IntakeItem>, content: Partial<FilingContent>): ReviewItem {
  const item = sampleItem(part);
  const filing = {
    court: { code: "鲁0102", name: "济南市历下区人民法院" },
    cause: item.cause,
    amountFen: item.amountFen,
    receiptNumber: `S${item.id}`,
    corrections: [],
    materials: [],
    content: {
      causeCode: null,
      formId: null,
      parties: [],
      claims: [],
      amountFen: item.amountFen,
      facts: "",
      answers: {},
      service: {
        recipient: "",
        phone: "",
        postalCode: "",
        address: "",
        email: "",
        electronic: true,
        channels: [],
        judgments: null,
        stages: [],
        confirmed: true,
      },
      consents: {},
      mediation: { understood: true, wish: "no" },
      signature: { materialId: null, signedOn: null },
      ...content,
    },
  };
  return {
    ...item,
    filing,
    findings: [],
    mayMediate: false,
    suggestion: { causeCode: null, caseTypeCode: "0301" },
  } as unknown as ReviewItem;
}

export function sampleSeries(part: Partial<SeriesDetail> = {}): SeriesDetail {
  return {
    id: "7",
    basis: { code: "plaintiff", label: "同一原告" },
    name: "泉城物业有限公司",
    cause: { code: "CIV2025:1", name: "物业服务合同纠纷" },
    counts: { all: 2, open: 2, correction: 0, decided: 0, duplicates: 0 },
    firstReceivedAt: "2026-11-20T02:00:00.000Z",
    dueOn: "2026-11-27",
    open: true,
    moves: [
      { action: "accept", label: "一并立案" },
      { action: "return", label: "一并退回补正" },
    ],
    items: [],
    nextCursor: null,
    lastMove: null,
    ...part,
  };
}
