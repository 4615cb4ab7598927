INSERT INTO case_participant (seal_ref, case_id, account_id, party_key, capacity, powers, via, state, live, asked_at, since)
SELECT MD5(CONCAT(RAND(), UUID(), c.id)), c.id, c.account_id, p.party_key, 'party', 'own', 'filing', 'active', 1, c.created_at, c.created_at
FROM court_case c JOIN case_party p ON p.case_id = c.id
WHERE p.position = (SELECT MIN(q.position) FROM case_party q WHERE q.case_id = c.id AND (q.side = 'plaintiff' OR NOT EXISTS (SELECT 1 FROM case_party r WHERE r.case_id = c.id AND r.side = 'plaintiff')));
