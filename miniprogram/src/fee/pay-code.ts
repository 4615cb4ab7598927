/** The pay code as people read it out: groups of four. */
export function showPayCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1 ");
}

/** What was typed or pasted, also out of a whole message: the sixteen digits alone. */
export function readPayCode(text: string): string {
  const plain = text.replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  const named = /(?:\d[ -]?){15}\d/.exec(plain)?.[0];
  return (named ?? plain).replace(/\D/g, "");
}

/** What the payer sends to whoever pays along. */
export function payCodeMessage(code: string, title: string, address: string | null): string {
  const where = address ? `\n点开就能交：${address}` : "\n打开小程序“诉通”，在“诉讼费”里选“用缴款码交费”。";
  return `请一起交诉讼费：${title}\n缴款码：${showPayCode(code)}${where}`;
}
