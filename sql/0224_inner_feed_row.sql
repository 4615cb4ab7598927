INSERT INTO inner_feed (id, place, read_at) VALUES (1, NULL, NULL);
