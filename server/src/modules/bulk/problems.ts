import { problems } from "#core/problem.ts";

export const problem = problems({
  "bulk.not_found": [404, "未找到您要的内容"],
  "bulk.too_large": [413, "表格不能超过 5 MB，压缩包不能超过 200 MB，请分成几批上传"],
  "bulk.type": [422, "表格须为 xlsx 文件，证据须为 zip 压缩包"],
  "bulk.court_closed": [422, "该法院尚未开通网上立案"],
  "bulk.too_many_jobs": [422, "未完成的批量任务过多，请先完成或停止一部分"],
  "bulk.not_ready": [409, "上一步还没有完成，请稍候再继续"],
  "bulk.nothing_to_do": [409, "没有可以处理的行，请先按提示改正表格后重新上传"],
  "bulk.signature_not_editable": [409, "当前状态下不能上传签名"],
});
