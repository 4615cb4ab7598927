import { JUDGED_SIDE, judgePhoto, type PhotoDoubt } from "./judge-photo";

/** What is doubtful in a photograph, and how the next one comes out better. */
export const DOUBTS: Record<PhotoDoubt, { what: string; how: string }> = {
  blur: { what: "字有些模糊", how: "把手机拿稳，点一下屏幕对准焦再拍" },
  dark: { what: "光线太暗", how: "到窗边或开灯后再拍，不要挡住光" },
  glare: { what: "有一块反光，字看不见", how: "换个角度，关掉闪光灯再拍" },
  cut: { what: "边上的字可能没拍全", how: "离远一点，让纸的四边都在画面里" },
};

interface Reader {
  greyPicture(ref: string, side: number): Promise<Parameters<typeof judgePhoto>[0] | null>;
}

/** The doubts about a kept photograph; none where it cannot be looked into, for nobody is to be held up by that. */
export async function doubtsAbout(reader: Reader, ref: string): Promise<PhotoDoubt[]> {
  const picture = await reader.greyPicture(ref, JUDGED_SIDE);
  return picture ? judgePhoto(picture) : [];
}
