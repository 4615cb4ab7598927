import type ExcelJS from "exceljs";
import type { Form } from "#modules/reference/index.ts";

const LINES: readonly (readonly [heading: string, text: string])[] = [
  [
    "怎么用",
    "在“填写”工作表中，从第 6 行起每行填写一件案件（第 5 行是示例，第一列写着“示例”的行不读取）。一次最多 500 行。",
  ],
  ["红色星号", "带 * 的列必须填写。其他列没有的可以空着；要素列确实没有的可以填“无”。"],
  ["不要改动", "请不要改动工作表名称“填写”、第 1 行（隐藏）和列标题。用不到的列可以删除，也可以隐藏；不要合并单元格。"],
  [
    "号码",
    "身份证号、统一社会信用代码、电话、执业证号请按文本填写。被 Excel 变成 3.70E+17 的号码末几位已经丢失，须重新输入。",
  ],
  ["金额", "单位是元，最多两位小数，例如 50000.00。不要写“万元”。"],
  ["日期", "写全年月日，例如 2026-03-05；Excel 的日期格式也可以。"],
  [
    "多项内容",
    "“诉讼请求”“其他当事人”和表格类的列，每行一项（单元格内换行：Alt + 回车），一项里的各部分用“｜”隔开。多选的列用“；”或换行隔开。",
  ],
  [
    "当事人",
    "原告、被告各有两组列，第三人一组；更多的写在“其他当事人”中，每行一位：身份｜类型｜姓名或名称｜证件号码｜电话｜住所｜法定代表人。",
  ],
  [
    "代理人",
    "代理人1、代理人2 代理这一件的全部原告。用您本人的签名提交的，代理人姓名须与您的实名一致，并附授权委托书。",
  ],
  [
    "材料",
    "把证据和证件放进一个 ZIP 压缩包（不超过 200 MB、2000 个文件，不要加密码），在材料列填写压缩包中的文件名；同名文件写明文件夹，例如 证据/0001/合同.pdf。证据可以在文件名后加“｜证明目的”。",
  ],
  ["公式", "单元格里的公式按保存的结果读取；引用其他文件的公式不读取。请尽量使用“选择性粘贴—数值”。"],
  [
    "不会重复",
    "同一法院、同样的当事人、案由、标的额和编号只建立一次；同一份表格再次上传，已经建立的行会告诉您在哪里。",
  ],
  ["个别行有误", "有误的行不影响其他行。改好后只上传有误的行即可（结果表可以只下载需要改正的行）。"],
];

/** The sheet 说明: how to fill in the other one. */
export function writeGuide(sheet: ExcelJS.Worksheet, form: Form): void {
  sheet.getColumn(1).width = 14;
  sheet.getColumn(2).width = 110;
  sheet.addRow([`批量立案模板：${form.name}（${form.no}）`]).font = {
    bold: true,
    size: 15,
    color: { argb: "FF173B6B" },
  };
  sheet.addRow([`表格版本：${form.version}`]).font = { color: { argb: "FF566170" } };
  sheet.addRow([]);
  for (const [heading, text] of LINES) {
    const row = sheet.addRow([heading, text]);
    row.getCell(1).font = { bold: true };
    row.alignment = { wrapText: true, vertical: "top" };
    row.height = text.length > 75 ? 36 : 20;
  }
  if (form.precondition) sheet.addRow(["先决条件", form.precondition]);
}
