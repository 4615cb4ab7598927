/** Why a sheet as a whole cannot be read, and what to do: told to the person as it stands. */
const FAULTS = {
  broken: "表格文件的内部结构异常，无法读取。请用 Excel 或 WPS 打开，另存为 xlsx 后重新上传。",
  no_sheet: "没有找到名为“填写”的工作表。请使用下载的模板填写，不要改工作表的名称。",
  no_keys: "第 1 行（隐藏行）的列标识不见了。请重新下载模板，把内容粘贴到模板的对应列（只粘贴值）。",
  other_form: "这份表格是另一种案件的模板。请选择对应的案件类型，或下载所选类型的模板重新填写。",
  unknown_columns: "表格中有不认识的列标识。模板可能已经更新，请下载最新模板，把内容粘贴过去。",
  twice: "同一个列标识出现了两次。请重新下载模板，把内容粘贴到模板的对应列。",
  too_many: "一次最多 500 行。请分成几份表格上传。",
  too_large: "工作表展开后过大，多半是空白行带有格式。请把有内容的行复制到新下载的模板（只粘贴值）后上传。",
  empty: "没有读到案件。请从第 6 行起每行填写一件；第一列写着“示例”的行不读取。",
  gone: "表格文件已不可用。请重新上传。",
} as const;
export type SheetFault = keyof typeof FAULTS;

/** Thrown while a sheet is read: none of its rows can be taken. */
export class SheetUnreadable extends Error {
  readonly fault: SheetFault;

  constructor(fault: SheetFault) {
    super(`sheet unreadable: ${fault}`);
    this.name = "SheetUnreadable";
    this.fault = fault;
  }
}

export const faultText = (fault: SheetFault): string => FAULTS[fault];
