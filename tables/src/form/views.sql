-- The latest full inspection of each area, by the code of today. A local authority and the partnership of its area are
-- inspected apart from each other, and have a row each. Areas that have been abolished have none.
CREATE VIEW latest_inspection AS
SELECT * FROM reports
WHERE report_id IN (
  SELECT report_id FROM (
    SELECT report_id, row_number() OVER (
      PARTITION BY coalesce(new_la_code_current, new_la_code, la_name), provider_kind
      ORDER BY start_date DESC, report_id
    ) AS place
    FROM reports
    WHERE is_full_inspection AND start_date IS NOT NULL AND la_name IS NOT NULL
      AND (new_la_code IS NULL OR new_la_code_current IS NOT NULL)
  )
  WHERE place = 1
);

-- Every grade of each area by day, with the grade before it. Grades of different scales can't be compared.
CREATE VIEW timeline AS
SELECT
  area, date, type, judgement, grade, previous_grade,
  CASE
    WHEN previous_scale IS NULL OR previous_scale <> scale OR rank IS NULL OR previous_rank IS NULL THEN NULL
    WHEN rank < previous_rank THEN 'better'
    WHEN rank > previous_rank THEN 'worse'
    ELSE 'same'
  END AS change,
  code, report_id
FROM (
  SELECT
    r.la_name AS area, r.start_date AS date, r.inspection_type AS type, j.area AS judgement, j.grade, j.rank, j.scale,
    lag(j.grade) OVER same AS previous_grade,
    lag(j.rank) OVER same AS previous_rank,
    lag(j.scale) OVER same AS previous_scale,
    coalesce(r.new_la_code_current, r.new_la_code) AS code, r.report_id
  FROM judgements AS j JOIN reports AS r USING (report_id)
  WHERE j.grade IS NOT NULL AND r.la_name IS NOT NULL AND r.start_date IS NOT NULL
  WINDOW same AS (
    PARTITION BY coalesce(r.new_la_code_current, r.new_la_code, r.la_name), j.area ORDER BY r.start_date, r.report_id
  )
)
ORDER BY area, date, judgement;
