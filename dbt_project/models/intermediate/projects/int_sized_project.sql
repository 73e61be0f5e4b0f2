-- Every project in force, held back or not, with its size band; flagged where the printed figure stands for both sides of a cut
-- (indicators.md 22).
{{ config(meta={'by_period': true}) }}
with project as (
    select
        'key_project_monthly' as form, period, unit, line_id, submission_id, is_held, is_first_of_project, share_pct,
        total_investment as amount, total_investment_low as low, total_investment_high as high
    from {{ ref('int_key_project_known') }}
    union all
    select
        'investment_monthly' as form, period, unit, line_id, submission_id, is_held, is_first_of_project, share_pct,
        contracted_amount as amount, contracted_amount_low as low, contracted_amount_high as high
    from {{ ref('int_investment_known') }}
)

select
    project.*,
    band.size_band,
    exists(
        select 1 from {{ ref('int_size_cut') }} as cut
        where cut.cut_from > 0 and project.low < cut.cut_from and cut.cut_from <= project.high
            -- A figure printed to the yuan is what it says; 1.0 亿元 stands for 0.95 to 1.05.
            and (project.amount <> cut.cut_from or project.high - project.low > cut.cut_from * 0.001)
    ) as size_is_near_cut
from project
left join {{ ref('int_size_cut') }} as band
    on project.amount >= band.cut_from and (band.cut_below is null or project.amount < band.cut_below)
