-- Failures are counted by the Gate since 0039, and refused proofs stand in the audit log.
drop table sign_in_failure;
