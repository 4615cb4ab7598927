import { problems } from "#core/problem.ts";

export const problem = problems({
  "room.no_video": [503, "本院的视频服务暂时不能使用，请按传票到法庭参加，或者与书记员联系"],
  "room.no_recording": [503, "所用的视频服务没有开通录制，请另行录音录像"],
});
