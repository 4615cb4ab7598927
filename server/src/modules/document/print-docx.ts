import { cleaned, type Paper } from "./paper.ts";
import { openWorkshop } from "./workshop.ts";

const draw = openWorkshop<Paper>("docx-thread", null);

/** The paper as DOCX, with the same texts as the PDF; the typefaces are those every office in China has. */
export const printDocx = (paper: Paper): Promise<Buffer> => draw(cleaned(paper));
