-- The usual questions, answered: SELECT * FROM a view, with WHERE and LIMIT as needed.

-- Every figure with its release and its project.
CREATE VIEW v_figures AS
SELECT
  f.figure_id, f.region, r.region_code, f.year, r.published, f.project, p.level, p.departments,
  f.indicator, f.action, f.scope, f.per, f.kind, f.direction, f.approx,
  f.value, f.value_real, f.value_max, f.unit, f.unit_code, f.dimension,
  f.completion, f.completion_real, f.target, f.target_real, f.target_origin, f.target_text,
  f.margin, f.margin_unit, f.previous, f.previous_real, f.promised,
  f.surface, f.span_start, f.span_end, f.rule,
  f.project_id, f.release_id, r.title, r.source_name, r.source_member, r.source_page
FROM figures AS f
JOIN releases AS r USING (release_id)
LEFT JOIN projects AS p ON p.project_id = f.project_id;

-- What share of its target every figure reached, as the release says it: what fell short first.
CREATE VIEW v_completion AS
SELECT
  completion, completion_real, completion_real < 100 AS below_target,
  region, region_code, year, project, indicator, value, unit, target, target_origin, surface, source_name, figure_id
FROM v_figures
WHERE completion IS NOT NULL
ORDER BY completion_real, figure_id;

-- One indicator over cities and years: WHERE indicator LIKE '%养老床位%'.
CREATE VIEW v_indicator_by_city_year AS
SELECT
  indicator, unit_code, region, region_code, year, value, value_real, approx, unit, kind, direction, action,
  completion, completion_real, target, target_real, promised, project, surface, source_name, figure_id
FROM v_figures
WHERE indicator IS NOT NULL
ORDER BY indicator, unit_code, region_code, region, year, figure_id;

-- Where releases contradict themselves, gravest first: one line per finding and figure.
CREATE VIEW v_contradictions AS
SELECT
  c.severity, c.code, c.message, r.region, r.year, f.project, f.indicator, f.surface, r.source_name,
  c.span_start, c.span_end, c.finding_id, f.figure_id
FROM findings AS c
JOIN releases AS r USING (release_id)
LEFT JOIN json_each(c.figure_ids) AS named
LEFT JOIN figures AS f ON f.figure_id = named.value
WHERE c.severity <> 'ok'
ORDER BY c.severity = 'warning', c.finding_id, f.figure_id;
