"""Papers that offices print and sign: bulletin, ranking, booklet of a tour, paper of a meeting, score cards; made of a published version"""
