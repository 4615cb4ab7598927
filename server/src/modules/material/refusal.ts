/** Why a file was not taken, and what to do: told to the person as it stands. */
const REASONS = {
  type: "无法识别或不支持这种文件。请换成 JPG、PNG、PDF、Word（docx）、Excel（xlsx）、MP3 或 MP4 后重新上传。",
  svg: "SVG、网页等可含脚本的文件不能作为材料。请截图保存为 JPG 或 PNG 后重新上传。",
  archive: "压缩包不能作为材料。请解压后逐个上传，或合并成一个 PDF。",
  archive_wanted: "这里需要 ZIP 压缩包。请把证据文件放进一个文件夹，压缩为 ZIP 后重新上传。",
  archive_broken:
    "压缩包已损坏，或文件名、结构异常（例如含“..”或绝对路径）。请在电脑上重新压缩为普通 ZIP（不分卷、不含快捷方式）后上传。",
  archive_locked: "压缩包设置了密码。请去掉密码后重新压缩为 ZIP 上传。",
  archive_padded: "压缩包解压后过大（合计超过 1 GB、单个超过 200 MB，或压缩率异常）。请减少或压缩文件后重新上传。",
  archive_many: "压缩包中的文件超过 2000 个。请分成几批后上传。",
  program: "程序文件不能作为材料。请上传文件本身的图片、PDF 或 Word。",
  heic: "这是苹果手机的 HEIC 照片，暂不能查看。请在“设置－相机－格式”中选“兼容性最佳”后重拍，或用微信发送后保存为 JPG 再上传。",
  old_office: "这是旧版或加密的 Office 文件。请用 Word、WPS 打开，去掉密码，另存为 docx、xlsx 或 PDF 后重新上传。",
  other_media: "暂不支持这种音视频格式。请转成 MP4（视频）、MP3 或 M4A（录音）后重新上传。",
  other_picture: "暂不支持这种图片格式。请另存为 JPG 或 PNG 后重新上传。",
  mismatch: "文件的名称或登记的类型与内容不一致。请确认选对了文件，不要直接改扩展名，重新选择后上传。",
  virus: "文件未通过病毒检查。请换一台设备重新生成该文件，或拍照、打印后扫描再上传。",
  changed: "文件在保存过程中发生变化。请重新选择该文件上传。",
  picture_broken: "图片已损坏或不完整，无法打开。请重新拍摄或重新保存后上传。",
  picture_huge: "图片超过 8000 万像素，无法查看。请缩小后重新上传。",
  picture_layered: "图片以渐进（交错）方式保存且超过 1700 万像素，无法查看。请缩小，或另存为普通 JPG 后重新上传。",
  picture_padded: "图片内含异常的附加数据。请截图或另存为新的图片后重新上传。",
  pdf_broken: "PDF 已损坏或没有页面，无法打开。请重新导出 PDF 后上传。",
  pdf_locked:
    "PDF 设置了密码或限制。请在电脑上打开，选择“打印－另存为 PDF”（或在 WPS 中“另存为”并去掉密码），把不加密的副本重新上传。",
  pdf_huge: "PDF 的页面尺寸过大（单边超过 5 米），无法查看。请按 A4 或 A3 重新导出后上传。",
  pdf_padded: "PDF 内含异常的压缩数据。请用“打印－另存为 PDF”重新生成后上传。",
  pdf_long: "PDF 超过 5000 页。请分成几份后上传。",
  macro: "文件含有宏。请在 Word、Excel 或 WPS 中另存为不带宏的 docx、xlsx，或导出 PDF 后上传。",
  linked: "文件引用了外部模板。请导出为 PDF 后上传。",
  embedded: "文件中嵌入了其他程序或压缩文件。请删除嵌入的对象，或导出为 PDF 后上传。",
  office_broken: "Office 文件已损坏或结构异常，无法打开。请用 Word、Excel 或 WPS 重新保存，或导出为 PDF 后上传。",
  office_padded: "Office 文件解压后过大。请删除多余内容，或导出为 PDF 后上传。",
  office_locked: "Office 文件设置了密码。请去掉密码后重新保存上传。",
  media_broken: "音视频文件已损坏或不完整。请重新导出后上传。",
} as const;

export type RefusalCode = keyof typeof REASONS;

/** Thrown while a file is looked into: this file is not taken. */
export class FileRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(`file refused: ${code}`);
    this.name = "FileRefused";
    this.code = code;
  }
}

export const reasonOf = (code: RefusalCode): string => REASONS[code];
