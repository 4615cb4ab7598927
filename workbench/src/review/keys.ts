export type Command =
  | "accept"
  | "return"
  | "refuse"
  | "transfer"
  | "mediate"
  | "skip"
  | "extend"
  | "release"
  | "next"
  | "claim"
  | "field-down"
  | "field-up"
  | "page-forward"
  | "page-back"
  | "zoom-in"
  | "zoom-out"
  | "rotate"
  | "reveal"
  | "mark"
  | "panel-1"
  | "panel-2"
  | "panel-3"
  | "panel-4"
  | "panel-5"
  | "help";

interface KeyLine {
  command: Command;
  /** Position on the keyboard, not the letter: a Chinese input method does not change it. */
  code: string;
  shift?: boolean;
  hint: string;
  label: string;
  group: "处理" | "工作" | "阅读";
}

/** The whole keyboard of the review screen; the help overlay prints this table. */
export const keyTable: KeyLine[] = [
  { command: "accept", code: "KeyA", hint: "A", label: "立案", group: "处理" },
  { command: "return", code: "KeyR", hint: "R", label: "退回补正", group: "处理" },
  { command: "refuse", code: "KeyX", hint: "X", label: "不予受理", group: "处理" },
  { command: "transfer", code: "KeyT", hint: "T", label: "移送", group: "处理" },
  { command: "mediate", code: "KeyM", hint: "M", label: "诉前调解", group: "处理" },
  { command: "claim", code: "KeyC", hint: "C", label: "领取本件", group: "工作" },
  { command: "skip", code: "KeyS", hint: "S", label: "跳过（须说明理由）", group: "工作" },
  { command: "extend", code: "KeyE", hint: "E", label: "续时", group: "工作" },
  { command: "release", code: "KeyL", hint: "L", label: "释放回队列", group: "工作" },
  { command: "next", code: "KeyN", hint: "N", label: "取下一件", group: "工作" },
  { command: "field-down", code: "KeyJ", hint: "J", label: "下一个字段", group: "阅读" },
  { command: "field-up", code: "KeyK", hint: "K", label: "上一个字段", group: "阅读" },
  { command: "mark", code: "KeyD", hint: "D", label: "把当前字段列为补正事项", group: "阅读" },
  { command: "reveal", code: "KeyV", hint: "V", label: "查看当前字段的完整内容", group: "阅读" },
  { command: "page-back", code: "BracketLeft", hint: "[", label: "上一页材料", group: "阅读" },
  { command: "page-forward", code: "BracketRight", hint: "]", label: "下一页材料", group: "阅读" },
  { command: "zoom-in", code: "Equal", hint: "+", label: "放大", group: "阅读" },
  { command: "zoom-out", code: "Minus", hint: "-", label: "缩小", group: "阅读" },
  { command: "rotate", code: "KeyO", hint: "O", label: "旋转", group: "阅读" },
  { command: "panel-1", code: "Digit1", hint: "1", label: "预检", group: "阅读" },
  { command: "panel-2", code: "Digit2", hint: "2", label: "前后差异", group: "阅读" },
  { command: "panel-3", code: "Digit3", hint: "3", label: "重复与系列", group: "阅读" },
  { command: "panel-4", code: "Digit4", hint: "4", label: "期限与经过", group: "阅读" },
  { command: "panel-5", code: "Digit5", hint: "5", label: "文书", group: "阅读" },
  { command: "help", code: "Slash", shift: true, hint: "?", label: "打开或关闭本说明", group: "阅读" },
];

export interface Pressed {
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  isComposing: boolean;
  target: EventTarget | null;
}

/** Walking through fields and pages may be held down; a decision may not. */
const holdable = new Set<Command>(["field-down", "field-up", "page-forward", "page-back", "zoom-in", "zoom-out"]);

/** The command a key asks for, or null: while typing, composing or with a modifier the key belongs to somebody else. */
export function commandOf(pressed: Pressed, dialogOpen: boolean): Command | null {
  if (dialogOpen || pressed.isComposing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (isTyping(pressed.target)) return null;
  const line = keyTable.find(
    (each) => each.code === pressed.code && (each.command === "zoom-in" || Boolean(each.shift) === pressed.shiftKey),
  );
  if (!line || (pressed.repeat && !holdable.has(line.command))) return null;
  return line.command;
}

export function hintOf(command: string): string {
  return keyTable.find((each) => each.command === command)?.hint ?? "";
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
}
