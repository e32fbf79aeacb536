-- What a database of Citus is told for every session. Written by the login, which owns the
-- database; then the owner of the tables goes on. All of it in one transaction with the rest.
RESET ROLE;
DO $$
DECLARE
    setting record;
BEGIN
    FOR setting IN SELECT * FROM (VALUES
        -- Our guards are triggers on the rows of one county, which all lie on one node: what makes
        -- triggers unsafe, a trigger that has to look elsewhere, cannot happen.
        ('citus.enable_unsafe_triggers', 'on'),
        -- The guards and the row security of a shard ask tables of the same county.
        ('citus.allow_nested_distributed_execution', 'on'),
        -- daifu.sight, which row security goes by, reaches the node only as SET LOCAL; without it
        -- nobody there sees a row.
        ('citus.propagate_set_commands', 'local')) AS t(name, value) LOOP
        EXECUTE format('ALTER DATABASE %I SET %s = %L', current_database(), setting.name,
                       setting.value);
        PERFORM set_config(setting.name, setting.value, true);
    END LOOP;
END $$;
-- Tables and functions are made in one transaction: one connection a node.
SET LOCAL citus.multi_shard_modify_mode = 'sequential';
SET ROLE daifu_owner;
