export { GatewayError } from "../gateway-error.ts";

/**
 * Reads what is printed on a picture. What it reads is a suggestion; a person confirms every field. Throws `GatewayError`
 * where no reader is set up, too many pictures wait, or this one took too long; `Unreadable` for what is no picture.
 */
export interface Ocr {
  /** False where no reader is set up: nobody need be kept waiting. */
  readonly on: boolean;
  read(image: Buffer): Promise<ReadPage>;
}

export interface ReadPage {
  /** How far the picture must be turned clockwise to stand upright. */
  readonly turn: Turn;
  /** Mean of the characters, 0 to 1. */
  readonly confidence: number;
  /** From top to bottom. */
  readonly lines: readonly ReadLine[];
}
export interface ReadLine {
  readonly glyphs: readonly Glyph[];
  /** A long number in this line as it was read a second time, by itself and as figures and capital letters only. */
  readonly again?: readonly Glyph[];
}
/** One character or a run of Latin ones, without the white around it. */
export interface Glyph {
  readonly text: string;
  readonly confidence: number;
  readonly box: Box;
}
export type Turn = 0 | 90 | 180 | 270;

/** A part of the picture as it lies (not turned), each figure a share of its width or height. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Not a picture, broken, or larger than anybody photographs. */
export class Unreadable extends Error {
  constructor(options: { cause?: unknown } = {}) {
    super("the picture cannot be read", options);
    this.name = "Unreadable";
  }
}
