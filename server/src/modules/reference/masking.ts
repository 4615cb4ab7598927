/**
 * How personal fields are shown in lists and notices. Not the anonymisation of published judgments (法释〔2016〕19号), which is
 * another set of rules.
 */
export type MaskKind = "name" | "resident_id" | "id_number" | "phone" | "address" | "email" | "uscc" | "bank_card";

/** 张三 → 张* ; 欧阳娜娜 → 欧***. */
export function maskName(name: string): string {
  const [first = "", ...rest] = [...name];
  return first + "*".repeat(rest.length);
}

/** 11010519491231002X → 110***********002X; shorter document numbers keep less. */
export function maskIdNumber(number: string): string {
  const chars = [...number];
  if (chars.length >= 15) return middle(chars, 3, 4);
  if (chars.length >= 8) return middle(chars, 1, 2);
  return "*".repeat(chars.length);
}

/** 13800138000 → 138****8000. */
export function maskPhone(phone: string): string {
  const chars = [...phone];
  if (chars.length >= 11) return middle(chars, chars.length - 8, 4);
  return chars.length >= 7 ? middle(chars, 0, 4) : "*".repeat(chars.length);
}

/** 山东省济南市历下区经十路1号 → 山东省济南市历下区******: kept down to the district, the length of the rest hidden too. */
export function maskAddress(address: string): string {
  if (address === "") return "";
  const kept =
    /^(?:[^\s省市区县]{2,7}(?:省|自治区))?(?:[^\s市州盟区县]{1,9}(?:自治州|地区|市|州|盟))?(?:[^\s区县旗市]{1,9}(?:自治县|自治旗|区|县|旗|市))?/u.exec(
      address,
    )?.[0] ?? "";
  return `${kept}******`;
}

/** zhangsan@example.com → z*******@example.com. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return "*".repeat([...email].length);
  const [first = "", ...rest] = [...email.slice(0, at)];
  return first + "*".repeat(rest.length) + email.slice(at);
}

export function maskBankCard(number: string): string {
  const chars = [...number];
  return chars.length >= 12 ? middle(chars, 4, 4) : "*".repeat(chars.length);
}

/** Any field by its kind; a company's uniform code is public and stays. */
export function mask(kind: MaskKind, value: string): string {
  return maskers[kind](value);
}

const maskers: Readonly<Record<MaskKind, (value: string) => string>> = {
  name: maskName,
  resident_id: maskIdNumber,
  id_number: maskIdNumber,
  phone: maskPhone,
  address: maskAddress,
  email: maskEmail,
  uscc: (value) => value,
  bank_card: maskBankCard,
};

function middle(chars: readonly string[], head: number, tail: number): string {
  return (
    chars.slice(0, head).join("") + "*".repeat(chars.length - head - tail) + chars.slice(chars.length - tail).join("")
  );
}
