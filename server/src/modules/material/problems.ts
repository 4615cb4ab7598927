import { problems } from "#core/problem.ts";

export const problem = problems({
  "material.not_found": [404, "未找到该材料"],
  "material.not_editable": [409, "当前状态下不能增减或修改材料，请刷新后查看最新进展"],
  "material.too_large": [413, "单个文件不能超过 200 MB，请压缩或分成几份后上传"],
  "material.type": [422, "暂不支持这种文件，请换成 JPG、PNG、PDF、Word（docx）、Excel（xlsx）、MP3 或 MP4"],
  "material.too_many": [422, "材料已达 100 份，请合并成 PDF 或删除不需要的材料后再添加"],
  "material.no_room": [422, "材料合计不能超过 1 GB，请压缩视频或删除不需要的材料后再添加"],
  "material.incomplete": [409, "文件还没有传完，请继续上传"],
  "material.length": [422, "收到的文件大小与登记的不一致，请重新上传"],
  "material.hash": [422, "收到的文件与登记的不一致，可能在传输中损坏，请重新上传"],
  "material.not_ready": [409, "材料还在检查中，请稍后再打开"],
  "material.order": [422, "排序须包含全部材料，每份一次，请刷新后再排"],
  "material.not_picture": [422, "文字识别只支持图片，请选择照片或扫描图片"],
  "material.ocr_off": [503, "文字识别服务目前没有开通或暂不可用，请先手动填写"],
  "material.ocr_busy": [503, "等待识别的照片较多，请稍后再试，或先手动填写"],
  "material.nothing_read": [404, "这张照片上没有识别出这一项"],
  "material.not_pictures": [422, "只有检查完毕的照片可以合并，请等检查完成，或去掉不是照片的材料"],
});
