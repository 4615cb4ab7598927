/** Why somebody is away, in the court's words. */
export const absenceKinds = [
  { code: "leave", label: "休假" },
  { code: "sick", label: "病假" },
  { code: "training", label: "培训" },
  { code: "duty", label: "外出公务" },
];
