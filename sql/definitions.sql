-- What the database is made of, one row an object: its name in words, and its whole definition.
-- The doctor compares it with definitions.golden, which the program carries: an owner can change
-- the database and whatever is written in it, but not what the program expects. A fact that must
-- not be there at all (a grant, a membership, a privilege of a role) is a row of its own with an
-- empty definition, so that a surplus one is named in words.
-- Ours is what lies in the four schemas or belongs to one of the six roles.
WITH ours AS (
    SELECT n.oid, n.nspname, n.nspacl, n.nspowner FROM pg_catalog.pg_namespace n
    WHERE n.nspname IN ('ledger', 'register', 'programme', 'access')
), group_role AS (
    SELECT r.* FROM pg_catalog.pg_roles r
    WHERE r.rolname IN ('daifu_owner', 'daifu_app', 'daifu_reader', 'daifu_auditor',
                        'daifu_access', 'daifu_kiosk')
), relation AS (
    SELECT c.*, n.nspname || '.' || c.relname AS name,
           CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'i' THEN 'index'
                          WHEN 'S' THEN 'sequence' ELSE 'relation ' || c.relkind::text END AS kind
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relnamespace IN (SELECT o.oid FROM ours o)
       OR (c.relowner IN (SELECT g.oid FROM group_role g) AND n.nspname NOT LIKE 'pg\_%')
), routine AS (
    SELECT p.*, n.nspname || '.' || p.proname || '('
               || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' AS name
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE p.pronamespace IN (SELECT o.oid FROM ours o)
       OR p.proowner IN (SELECT g.oid FROM group_role g)
), granted (name, owner, acl) AS (
    SELECT 'schema ' || o.nspname, o.nspowner, o.nspacl FROM ours o
    UNION ALL
    SELECT r.kind || ' ' || r.name, r.relowner, r.relacl FROM relation r WHERE r.relkind <> 'i'
    UNION ALL
    SELECT 'column ' || r.name || '.' || a.attname, r.relowner, a.attacl
    FROM pg_catalog.pg_attribute a JOIN relation r ON r.oid = a.attrelid
    UNION ALL
    SELECT 'function ' || p.name, p.proowner,
           coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)) FROM routine p
    UNION ALL
    SELECT 'what is yet to be created', d.defaclrole, d.defaclacl
    FROM pg_catalog.pg_default_acl d
    WHERE d.defaclnamespace IN (SELECT o.oid FROM ours o)
       OR d.defaclrole IN (SELECT g.oid FROM group_role g)
), object (name, definition) AS (
    -- Definitions are written out by the server, each release in its own way.
    SELECT 'PostgreSQL ' || pg_catalog.current_setting('server_version_num')::integer / 10000,
           NULL::text
    UNION ALL
    SELECT 'schema ' || o.nspname, pg_catalog.pg_get_userbyid(o.nspowner) FROM ours o
    UNION ALL
    SELECT r.kind || ' ' || r.name, pg_catalog.concat_ws(E'\n',
        pg_catalog.pg_get_userbyid(r.relowner), r.relpersistence, r.relrowsecurity,
        r.relforcerowsecurity, r.reloptions, r.relispartition,
        CASE r.relkind WHEN 'v' THEN pg_catalog.pg_get_viewdef(r.oid)
                       WHEN 'i' THEN pg_catalog.pg_get_indexdef(r.oid) END,
        (SELECT i.indisvalid FROM pg_catalog.pg_index i WHERE i.indexrelid = r.oid),
        (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attname,
                    pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
                    a.attidentity, a.attgenerated, a.attcollation::pg_catalog.regcollation,
                    pg_catalog.pg_get_expr(d.adbin, d.adrelid)), E'\n' ORDER BY a.attnum)
         FROM pg_catalog.pg_attribute a
         LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped))
    FROM relation r
    UNION ALL
    SELECT 'heir ' || i.inhrelid::pg_catalog.regclass || ' of ' || r.kind || ' ' || r.name, NULL
    FROM pg_catalog.pg_inherits i JOIN relation r ON r.oid = i.inhparent
    UNION ALL
    -- With the state of the triggers that the server enforces it by.
    SELECT 'constraint "' || k.conname || '" of ' || r.name, pg_catalog.concat_ws(E'\n',
        pg_catalog.pg_get_constraintdef(k.oid), k.convalidated,
        (SELECT pg_catalog.string_agg(DISTINCT t.tgenabled::text, '')
         FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = k.oid))
    FROM pg_catalog.pg_constraint k JOIN relation r ON r.oid = k.conrelid
    UNION ALL
    SELECT 'trigger "' || t.tgname || '" of ' || r.name,
           pg_catalog.concat_ws(E'\n', pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled)
    FROM pg_catalog.pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'rule "' || w.rulename || '" of ' || r.name,
           pg_catalog.concat_ws(E'\n', pg_catalog.pg_get_ruledef(w.oid), w.ev_enabled)
    FROM pg_catalog.pg_rewrite w JOIN relation r ON r.oid = w.ev_class
    WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 'policy "' || p.polname || '" of ' || r.name, pg_catalog.concat_ws(E'\n',
        p.polcmd, p.polpermissive, p.polroles::pg_catalog.regrole[],
        pg_catalog.pg_get_expr(p.polqual, p.polrelid),
        pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_catalog.pg_policy p JOIN relation r ON r.oid = p.polrelid
    UNION ALL
    SELECT 'function ' || p.name, pg_catalog.concat_ws(E'\n',
        pg_catalog.pg_get_userbyid(p.proowner),
        CASE p.prokind WHEN 'a' THEN p.prosrc ELSE pg_catalog.pg_get_functiondef(p.oid) END)
    FROM routine p
    UNION ALL
    SELECT 'grant to ' || coalesce(r.rolname, 'PUBLIC') || ': ' || lower(x.privilege_type) || ' on '
           || g.name || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, NULL
    FROM granted g CROSS JOIN LATERAL pg_catalog.aclexplode(g.acl) x
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = x.grantee
    WHERE x.grantee <> g.owner
    UNION ALL
    SELECT 'grant to ' || coalesce(g.rolname, 'PUBLIC') || ': create on the database', NULL
    FROM pg_catalog.pg_database d CROSS JOIN LATERAL pg_catalog.aclexplode(d.datacl) x
    LEFT JOIN group_role g ON g.oid = x.grantee
    WHERE d.datname = pg_catalog.current_database() AND x.privilege_type = 'CREATE'
      AND (x.grantee = 0 OR g.rolname <> 'daifu_owner')
    UNION ALL
    SELECT 'membership of ' || g.rolname || ' in ' || r.rolname, NULL
    FROM pg_catalog.pg_auth_members m JOIN group_role g ON g.oid = m.member
    JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
    UNION ALL
    SELECT 'privilege of ' || g.rolname || ': ' || p.name, NULL
    FROM group_role g CROSS JOIN LATERAL (VALUES
        ('superuser', g.rolsuper), ('create roles', g.rolcreaterole),
        ('create databases', g.rolcreatedb), ('replicate', g.rolreplication),
        ('pass row level security', g.rolbypassrls)) AS p(name, is_held)
    WHERE p.is_held
    UNION ALL
    -- A session in this role runs no trigger and no foreign key.
    SELECT 'setting ' || s.name || ' of '
           || CASE s.setrole WHEN 0 THEN 'everybody' ELSE pg_catalog.pg_get_userbyid(s.setrole) END,
           NULL
    FROM (SELECT d.*, pg_catalog.unnest(d.setconfig) AS name
          FROM pg_catalog.pg_db_role_setting d) s
    WHERE s.name LIKE 'session\_replication\_role=%' AND s.setdatabase IN (0,
        (SELECT d.oid FROM pg_catalog.pg_database d
         WHERE d.datname = pg_catalog.current_database()))
)
SELECT o.name, coalesce(pg_catalog.encode(pg_catalog.sha256(
           pg_catalog.convert_to(o.definition, 'UTF8')), 'hex'), '-') AS digest
FROM object o ORDER BY o.name COLLATE "C"
