/** 材料种类 and what may be sent as one. */
export const KINDS = {
  identity: "身份证明",
  power_of_attorney: "授权委托书",
  firm_letter: "律师事务所函",
  license: "执业证",
  kinship: "亲属关系证明",
  employment: "劳动关系证明",
  recommendation: "推荐材料",
  business_license: "营业执照",
  legal_rep_certificate: "法定代表人身份证明书",
  evidence: "证据",
  complaint: "起诉状",
  signature: "签名",
  other: "其他材料",
} as const;
export type MaterialKind = keyof typeof KINDS;

export const MAX_FILE_BYTES = 200 * 1024 ** 2;
export const MAX_FILES = 100;
export const MAX_TOTAL_BYTES = 1024 ** 3;
/** Places an owner may ever use, refused and removed files included: nobody fills the table by adding and removing. */
export const MAX_PLACES = 1000;
/** Up to here the answer to `complete` may already know the verdict. */
export const AT_ONCE_BYTES = 20 * 1024 ** 2;

export type Family = "picture" | "pdf" | "document" | "media" | "archive";
interface FileType {
  readonly family: Family;
  readonly contentType: string;
  /** The first one is what a saved copy is named with. */
  readonly endings: readonly string[];
}

/** The types that are taken, by what they contain. */
export const TYPES = {
  jpeg: { family: "picture", contentType: "image/jpeg", endings: ["jpg", "jpeg", "jfif"] },
  png: { family: "picture", contentType: "image/png", endings: ["png"] },
  webp: { family: "picture", contentType: "image/webp", endings: ["webp"] },
  pdf: { family: "pdf", contentType: "application/pdf", endings: ["pdf"] },
  docx: {
    family: "document",
    contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    endings: ["docx"],
  },
  xlsx: {
    family: "document",
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    endings: ["xlsx"],
  },
  mp3: { family: "media", contentType: "audio/mpeg", endings: ["mp3"] },
  m4a: { family: "media", contentType: "audio/mp4", endings: ["m4a"] },
  mp4: { family: "media", contentType: "video/mp4", endings: ["mp4"] },
} as const satisfies Record<string, FileType>;
/** Taken only where the owner says so (`Owner.archives`): nobody reads one, its files become materials of their own. */
const ARCHIVES = {
  zip: { family: "archive", contentType: "application/zip", endings: ["zip"] },
} as const satisfies Record<string, FileType>;
export const ALL_TYPES = { ...TYPES, ...ARCHIVES };
export type TypeName = keyof typeof ALL_TYPES;

const ALIASES: Readonly<Record<string, string>> = {
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "audio/mp3": "audio/mpeg",
  "audio/x-m4a": "audio/mp4",
  "audio/m4a": "audio/mp4",
  "audio/aac": "audio/mp4",
  "": "application/octet-stream",
};
const UNKNOWN = "application/octet-stream";

/** What a phone calls its file, brought to one name; null where such a file is never taken. */
export function announcedType(contentType: string): string | null {
  const plain = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const name = ALIASES[plain] ?? plain;
  return name === UNKNOWN || Object.values(TYPES).some((type) => type.contentType === name) ? name : null;
}

/** The family a content type or an ending belongs to; null where neither says anything. */
export function familyOfContentType(contentType: string): Family | null {
  return Object.values(TYPES).find((type) => type.contentType === contentType)?.family ?? null;
}
export function familyOfName(name: string): Family | null {
  const ending = endingOf(name);
  return Object.values<FileType>(TYPES).find((type) => type.endings.includes(ending))?.family ?? null;
}
export const endingOf = (name: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? "";

// Controls, turned and invisible text, halves of characters, separators, private use, unassigned.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/** A file's name is a label (reliability rule 35): what is left of it when nothing can be hidden in it, at most 200 characters. */
export function labelOf(name: string): string {
  const clean = name.normalize("NFC").replace(INVISIBLE, "").trim();
  return [...clean].slice(0, 200).join("").trim() || "未命名文件";
}

/** The name a saved copy gets: the label, shortened, with the ending of what is really inside. */
export function savedName(label: string, type: TypeName): string {
  const { endings }: FileType = ALL_TYPES[type];
  const ending = endingOf(label);
  const isTrue = endings.includes(ending);
  const stem = (isTrue ? label.slice(0, -ending.length - 1) : label).replace(/^[.\s]+|[.\s]+$/g, "");
  return `${[...stem].slice(0, 100).join("") || "材料"}.${isTrue ? ending : endings[0]}`;
}

export const ALLOWED_TYPES: readonly string[] = [
  ...new Set(Object.values(TYPES).map(({ contentType }) => contentType)),
];
