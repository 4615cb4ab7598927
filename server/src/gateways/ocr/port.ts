/** Reads the text off a picture. What it reads is a suggestion; a person confirms every field. */
export interface Ocr {
  read(image: Buffer): Promise<{ readonly text: string; readonly confidence: number }>;
}
