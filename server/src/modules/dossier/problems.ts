import { problems } from "#core/problem.ts";

export const problem = problems({
  "dossier.not_found": [404, "未找到您要的内容"],
  "dossier.needs_approval": [403, "阅读这份材料须先经法院同意，请提交阅卷申请"],
  "dossier.no_file": [409, "这份材料暂时打不开，请稍后再试，或者联系承办书记员"],
  "dossier.not_pages": [422, "录音、录像和电子文档不能在线翻阅，请到法院查看"],
  "dossier.too_large": [422, "卷宗较大，不能合成一份文件，请逐件阅读"],
  "dossier.request_open": [409, "您的阅卷申请正在等待法院答复"],
  "dossier.request_needless": [409, "您现在就可以阅卷，不需要申请"],
  "dossier.scan_waiting": [409, "扫描件还在检查，请稍后再试"],
  "dossier.scan_gone": [409, "这些扫描件已经归入卷宗"],
  "dossier.scan_mixed": [422, "请选择一份 PDF，或者若干张照片"],
  "dossier.order_changed": [409, "目录已经变化，请刷新后再调整"],
});
