import type { KeptFile } from "./port";

export interface Point {
  x: number;
  y: number;
}

/** Where the signature is drawn: the id of the canvas (WeChat) or of the element that shall hold one (browser). */
export interface CanvasHost {
  id: string;
  /** The component instance; WeChat looks for the canvas inside it. */
  component: unknown;
  /** Called after every stroke. */
  drawn(): void;
}

export interface Pen {
  /** WeChat reports touches to the component, which hands them on; in a browser the canvas listens itself. */
  down(point: Point): void;
  move(point: Point): void;
  up(): void;
  clear(): void;
  isEmpty(): boolean;
  /** The signature as a PNG on white ground. */
  save(): Promise<KeptFile>;
}

/** What both canvases can do. */
export type Context2d = Pick<
  CanvasRenderingContext2D,
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "quadraticCurveTo"
  | "stroke"
  | "fillRect"
  | "scale"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineCap"
  | "lineJoin"
>;

/** Draws strokes on a canvas of `width` × `height`; smooth, black on white like ink on paper. */
export class Strokes {
  private last: Point | null = null;
  private length = 0;
  private readonly context: Context2d;
  private readonly width: number;
  private readonly height: number;

  constructor(context: Context2d, width: number, height: number) {
    this.context = context;
    this.width = width;
    this.height = height;
    this.clear();
  }

  down(point: Point): void {
    this.last = point;
  }

  move(point: Point): void {
    if (!this.last) return;
    const { context, last } = this;
    context.beginPath();
    context.moveTo(last.x, last.y);
    context.quadraticCurveTo(last.x, last.y, (last.x + point.x) / 2, (last.y + point.y) / 2);
    context.lineTo(point.x, point.y);
    context.stroke();
    this.length += Math.hypot(point.x - last.x, point.y - last.y);
    this.last = point;
  }

  up(): void {
    this.last = null;
  }

  clear(): void {
    const { context } = this;
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, this.width, this.height);
    context.strokeStyle = "#111111";
    context.lineWidth = 4;
    context.lineCap = "round";
    context.lineJoin = "round";
    this.length = 0;
    this.last = null;
  }

  /** A tap or a dot is not a signature. */
  isEmpty(): boolean {
    return this.length < 40;
  }
}
