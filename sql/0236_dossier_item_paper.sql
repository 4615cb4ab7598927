UPDATE dossier_item d LEFT JOIN material m ON m.id = d.material_id SET d.paper = CASE
  WHEN d.origin LIKE 'hearing:%' THEN 'trial'
  WHEN d.origin LIKE 'service:%' THEN 'service'
  WHEN d.part LIKE 'bill:%' THEN 'receipt'
  WHEN m.kind IN ('identity', 'business_license', 'legal_rep_certificate') THEN 'identity'
  WHEN m.kind = 'power_of_attorney' THEN 'mandate'
  WHEN d.section IN ('complaint', 'answer', 'evidence', 'inquiry', 'judgment') THEN d.section
END;
