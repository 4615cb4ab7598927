/** What is served (民诉法§128, §90 第二款, 民诉法解释§133). */
export interface DocumentKind {
  readonly label: string;
  /** 判决书、裁定书、调解书: electronically only where the party agreed to that too; on paper whenever they ask. */
  readonly judgment: boolean;
  /** 调解书 is signed for in person: never left at the door, never by public notice. */
  readonly inPerson: boolean;
  /** 保全、先予执行: that it was served on one party is told to nobody else until it is served on them (审判流程公开规定§8). */
  readonly quiet: boolean;
}
const plain = { judgment: false, inPerson: false, quiet: false } as const;

export const DOCUMENT_KINDS = {
  complaint: { ...plain, label: "起诉状副本、应诉通知书" },
  answer_copy: { ...plain, label: "答辩状副本" },
  evidence_notice: { ...plain, label: "举证通知书" },
  summons: { ...plain, label: "传票" },
  notice: { ...plain, label: "通知书" },
  decision: { ...plain, label: "决定书" },
  judgment: { ...plain, label: "判决书", judgment: true },
  ruling: { ...plain, label: "裁定书", judgment: true },
  quiet_ruling: { ...plain, label: "保全、先予执行裁定书", judgment: true, quiet: true },
  mediation: { ...plain, label: "调解书", judgment: true, inPerson: true },
  other: { ...plain, label: "其他文书" },
} as const satisfies Record<string, DocumentKind>;
export type DocumentKindCode = keyof typeof DOCUMENT_KINDS;
export const documentKind = (code: string): DocumentKind => DOCUMENT_KINDS[code as DocumentKindCode];

/** How it is brought. SMS, WeChat and e-mail reminders only announce (在线诉讼规则§32): they are no channel. */
export interface ChannelKind {
  readonly label: string;
  readonly electronic: boolean;
  readonly basis: string;
  /** What is tried when it has failed; the gravest way stands last. */
  readonly next: string | null;
}
export const CHANNELS = {
  inapp: { label: "电子送达（本平台）", electronic: true, basis: "民事诉讼法第九十条", next: "post" },
  email: { label: "电子送达（电子邮箱）", electronic: true, basis: "民事诉讼法第九十条", next: "post" },
  post: { label: "邮寄送达（法院专递）", electronic: false, basis: "民事诉讼法第九十一条", next: "direct" },
  direct: { label: "直接送达", electronic: false, basis: "民事诉讼法第八十八条", next: "leave" },
  leave: { label: "留置送达", electronic: false, basis: "民事诉讼法第八十九条", next: "public_notice" },
  transfer: {
    label: "转交送达",
    electronic: false,
    basis: "民事诉讼法第九十二条、第九十三条",
    next: "public_notice",
  },
  public_notice: { label: "公告送达", electronic: false, basis: "民事诉讼法第九十五条", next: null },
} as const satisfies Record<string, ChannelKind>;
export type Channel = keyof typeof CHANNELS;
export const channelKind = (code: string): ChannelKind => CHANNELS[code as Channel];

/** Why a court may serve electronically (在线诉讼规则§29). */
export const CONSENTS = {
  address: "受送达人在送达地址确认书中同意电子送达",
  pleading: "受送达人在诉状中主动填写电子送达地址",
  conduct: "受送达人以回复收悉或者参加诉讼的方式接受",
} as const;
export type Consent = keyof typeof CONSENTS;

/** The way to take after `from`, for this document; null where the court must choose itself. */
export function nextChannel(from: Channel, kind: DocumentKind): Channel | null {
  const next = channelKind(from).next as Channel | null;
  return next !== null && kind.inPerson && (next === "leave" || next === "public_notice") ? null : next;
}

/** Why a channel may not be taken, in words; null where it may (民诉法解释§133, §140). */
export function barredFrom(channel: Channel, kind: DocumentKind, procedure: string | null): string | null {
  if (kind.inPerson && channel === "leave")
    return "调解书应当直接送达当事人本人，不适用留置送达（民诉法解释第一百三十三条）。";
  if (kind.inPerson && channel === "public_notice")
    return "调解书须由当事人签收后生效，不能公告送达；当事人拒绝签收的，应当及时判决（民事诉讼法第一百零二条）。";
  if (channel === "public_notice" && (procedure === "summary" || procedure === "small"))
    return "简易程序、小额诉讼程序的案件不适用公告送达（民诉法解释第一百四十条）。确需公告的，请先裁定转为普通程序。";
  return null;
}
