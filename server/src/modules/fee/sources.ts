/** What a notice of a case is for. Acceptance makes the first; the others are issued by the court's people. */
export const SOURCES = {
  acceptance: "案件受理费",
  counterclaim: "反诉受理费",
  third_party: "第三人请求受理费",
  appeal: "上诉案件受理费",
  preservation: "保全申请费",
  jurisdiction_objection: "管辖权异议费",
  execution: "执行申请费",
  public_notice: "公示催告申请费",
  other: "其他诉讼费用",
} as const;
export type SourceKind = keyof typeof SOURCES;
/** What staff may issue. */
export const ISSUABLE = (Object.keys(SOURCES) as SourceKind[]).filter((kind) => kind !== "acceptance") as [
  SourceKind,
  ...SourceKind[],
];

export const kindOfSource = (source: string): SourceKind => {
  const kind = source.split(":")[0] ?? "";
  return Object.hasOwn(SOURCES, kind) ? (kind as SourceKind) : "other";
};
export const showSource = (source: string): { code: string; label: string } => {
  const kind = kindOfSource(source);
  return { code: kind, label: SOURCES[kind] };
};
