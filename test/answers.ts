// Printed from the endpoint table by `npm run snapshots`.
/* oxlint-disable max-lines */

/** What each operation answers: its address part by part, `:` for any value, then its method. */
export interface Answers {
  '~': {
    '': {
      GET: Welcome
    }
    health: {
      GET: Health
      ready: {
        GET: Health
      }
      live: {
        GET: Live
      }
      details: {
        GET: HealthDetails
      }
    }
    healthz: {
      GET: Health
    }
    'openapi.json': {
      GET: null
    }
    docs: {
      GET: null
    }
    metrics: {
      GET: null
    }
    console: {
      'confirm-email': {
        GET: null
      }
      'new-password': {
        GET: null
      }
      'accept-invitation': {
        GET: null
      }
    }
    '.well-known': {
      'jwks.json': {
        GET: { keys: ({ kty: string; crv: string; x: string; kid: string; use: 'sig'; alg: 'EdDSA' })[] }
      }
    }
  }
  auth: {
    register: {
      POST: Account
    }
    'email-confirmation': {
      request: {
        POST: Accepted
      }
      confirm: {
        POST: null
      }
    }
    login: {
      POST: SignedIn & MfaRequired
    }
    token: {
      POST: Tokens
    }
    refresh: {
      POST: SignedIn
    }
    logout: {
      POST: null
    }
    me: {
      GET: Account
    }
    sessions: {
      GET: { items: (Session)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      'revoke-all': {
        POST: RevokedSessions
      }
      ':': {
        DELETE: null
      }
    }
    'change-password': {
      POST: null
    }
    'password-reset': {
      request: {
        POST: Accepted
      }
      confirm: {
        POST: null
      }
    }
    invitations: {
      accept: {
        POST: Account
      }
    }
    mfa: {
      login: {
        POST: SignedIn
      }
      setup: {
        POST: TotpSetUp
      }
      verify: {
        POST: RecoveryCodes
      }
      disable: {
        POST: null
      }
      'step-up': {
        POST: FreshToken
      }
    }
  }
  users: {
    invitations: {
      GET: { items: (Invitation)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      POST: Invitation
      ':': {
        DELETE: null
      }
    }
    GET: { items: (User)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: User
    ':': {
      GET: User
      PATCH: User
      PUT: User
      DELETE: null
      restore: {
        POST: User
      }
      unlock: {
        POST: null
      }
      sessions: {
        DELETE: RevokedSessions
      }
    }
  }
  staff: {
    GET: { items: (StaffMember)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
  }
  user: {
    mode: {
      GET: Mode
      POST: Mode
    }
    preferences: {
      GET: Preferences
      PUT: Preferences
    }
  }
  'grading-schemes': {
    GET: { items: (GradingScheme)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: GradingScheme
    ':': {
      GET: GradingScheme
      PATCH: GradingScheme
      PUT: GradingScheme
      DELETE: null
      restore: {
        POST: GradingScheme
      }
    }
  }
  programs: {
    GET: { items: (Program)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: CreatedProgram
    ':': {
      GET: Program
      PATCH: Program
      PUT: Program
      DELETE: null
      restore: {
        POST: Program
      }
      archive: {
        POST: Program
      }
      unarchive: {
        POST: Program
      }
    }
  }
  courses: {
    GET: { items: (Course)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: CreatedCourse
    ':': {
      GET: Course
      PATCH: ChangedCourse
      PUT: ChangedCourse
      DELETE: null
      restore: {
        POST: Course
      }
      prerequisites: {
        GET: Requirements
        PUT: Requirements
      }
      archive: {
        POST: Course
      }
      unarchive: {
        POST: Course
      }
      'evaluation-rules': {
        GET: EvaluationRulesOutput
        PUT: EvaluationRulesOutput
      }
    }
  }
  terms: {
    GET: { items: (Term)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: CreatedTerm
    ':': {
      GET: Term
      PATCH: ChangedTerm
      PUT: ChangedTerm
      DELETE: null
      restore: {
        POST: Term
      }
      open: {
        POST: Term
      }
      close: {
        POST: ClosedTerm
      }
      complete: {
        POST: CompletedTerm
      }
      unresolved: {
        GET: { items: (UnresolvedSeat)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      }
      turnstile: {
        POST: TurnstilePlace
        GET: TurnstilePlace
      }
      'registration-audit': {
        GET: { items: (RegistrationAuditRow)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      }
    }
  }
  sections: {
    GET: { items: (Section)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: CreatedSection
    ':': {
      GET: Section
      PATCH: ChangedSection
      PUT: ChangedSection
      DELETE: null
      restore: {
        POST: ChangedSection
      }
      instructors: {
        GET: Instructors
        PUT: ChangedInstructors
      }
      meetings: {
        GET: Meetings
        PUT: ChangedMeetings
      }
      enroll: {
        POST: Enrollment
        check: {
          POST: EnrollmentCheck
        }
        bulk: {
          POST: BulkReport
        }
      }
      waitlist: {
        GET: { items: (WaitlistEntry)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
        POST: WaitlistEntry
      }
      attendance: {
        PUT: BulkReport
      }
      gradebook: {
        GET: Gradebook
        PUT: BulkReport
      }
      'final-grades': {
        GET: FinalGrades
      }
      results: {
        compute: {
          POST: ComputedResults
        }
      }
    }
  }
  applications: {
    GET: { items: (Application)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: Application
    ':': {
      GET: Application
      PATCH: Application
      PUT: Application
      DELETE: null
      restore: {
        POST: Application
      }
      submit: {
        POST: Application
      }
      review: {
        POST: Application
      }
      accept: {
        POST: Application
      }
      reject: {
        POST: Application
      }
      waitlist: {
        POST: Application
      }
      withdraw: {
        POST: Application
      }
      matriculate: {
        POST: Application
      }
    }
  }
  students: {
    GET: { items: (Student)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: CreatedStudent
    ':': {
      GET: Student
      PATCH: ChangedStudent
      PUT: ChangedStudent
      DELETE: null
      restore: {
        POST: Student
      }
      record: {
        GET: StudentRecord
      }
      notes: {
        GET: { items: (StudentNote)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
        POST: StudentNote
      }
      holds: {
        GET: { items: (Hold)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
        POST: Hold
      }
      overrides: {
        GET: { items: (Override)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
        POST: Override
      }
      sections: {
        ':': {
          'final-grade': {
            GET: FinalGrade
          }
        }
      }
      transcripts: {
        POST: TranscriptIssue
        GET: { items: (TranscriptIssue)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      }
    }
  }
  holds: {
    ':': {
      release: {
        POST: Hold
      }
    }
  }
  overrides: {
    ':': {
      revoke: {
        POST: Override
      }
    }
  }
  enrollments: {
    ':': {
      transfer: {
        POST: Transfer
      }
      GET: Enrollment
      DELETE: null
      PATCH: Enrollment
      PUT: Enrollment
      restore: {
        POST: Enrollment
      }
      drop: {
        POST: Enrollment
      }
      withdraw: {
        POST: Enrollment
      }
    }
    POST: Enrollment
    GET: { items: (Enrollment)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    bulk: {
      POST: BulkReport
    }
  }
  waitlist: {
    ':': {
      DELETE: null
    }
  }
  'assessment-categories': {
    GET: { items: (Category)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: WrittenCategory
    ':': {
      GET: Category
      PATCH: WrittenCategory
      PUT: WrittenCategory
      DELETE: null
      restore: {
        POST: WrittenCategory
      }
    }
  }
  attendance: {
    percentage: {
      GET: AttendancePercentage
    }
    eligibility: {
      GET: AttendanceEligibility
    }
    'section-summary': {
      GET: AttendanceSummary
    }
    GET: { items: (Attendance)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: Attendance
    ':': {
      GET: Attendance
      PATCH: Attendance
      PUT: Attendance
      DELETE: null
      restore: {
        POST: Attendance
      }
    }
  }
  assessments: {
    GET: { items: (Assessment)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: WrittenAssessment
    ':': {
      GET: Assessment
      PATCH: WrittenAssessment
      PUT: WrittenAssessment
      DELETE: null
      restore: {
        POST: WrittenAssessment
      }
      release: {
        POST: Assessment
      }
    }
  }
  'assessment-scores': {
    GET: { items: (Score)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: Score
    ':': {
      GET: Score
      PATCH: Score
      DELETE: null
      restore: {
        POST: Score
      }
    }
  }
  results: {
    'change-request': {
      POST: RequestedChange
    }
    'approve-change': {
      POST: ResultChange
    }
    changes: {
      GET: { items: (ResultChange)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    }
    ':': {
      history: {
        GET: { items: (PastChange)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null; result_id: number; state: 'draft' | 'published' | 'frozen'; published_at: string | null; frozen_at: string | null }
      }
      GET: Result
      PATCH: Result
    }
    GET: { items: (Result)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    publish: {
      POST: PublishedResults
    }
    freeze: {
      POST: ResultStep
    }
  }
  transcripts: {
    enqueue: {
      POST: TranscriptAccepted
    }
    batch: {
      POST: TranscriptBatchReport
    }
    jobs: {
      GET: { items: (TranscriptJob)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      ':': {
        GET: TranscriptJob
        file: {
          GET: null
        }
      }
    }
    files: {
      ':': {
        GET: null
      }
    }
    verify: {
      ':': {
        GET: Verification
        record: {
          POST: CertifiedRecord
        }
      }
      POST: Verification
    }
    ':': {
      GET: null
      revoke: {
        POST: TranscriptIssue
      }
    }
  }
  requests: {
    GET: { items: (ServiceRequest)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: ServiceRequest
    ':': {
      GET: ServiceRequest
      PATCH: ServiceRequest
      PUT: ServiceRequest
      DELETE: null
      restore: {
        POST: ServiceRequest
      }
      transition: {
        POST: ServiceRequest
      }
      cancel: {
        POST: ServiceRequest
      }
      document: {
        GET: null
      }
    }
  }
  documents: {
    verify: {
      ':': {
        GET: LetterVerification
        record: {
          POST: CertifiedLetter
        }
      }
      POST: LetterVerification
    }
    ':': {
      revoke: {
        POST: Letter
      }
    }
  }
  imports: {
    ':': {
      POST: ImportReport
      GET: Import
      errors: {
        GET: { items: (ImportError)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      }
      confirm: {
        POST: Import
      }
    }
    GET: { items: (Import)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
  }
  reports: {
    legacy: {
      GET: { items: (LegacyFinding)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    }
  }
  audit: {
    logs: {
      GET: { items: (AuditEntry)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      ':': {
        GET: AuditDetail
      }
    }
    activity: {
      GET: { items: (DailyActivity)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    }
    verify: {
      GET: AuditVerification
    }
    chains: {
      ':': {
        verify: {
          GET: ArchivedVerification
        }
      }
    }
  }
  search: {
    GET: SearchHits
    POST: SearchHits
  }
  'saved-filters': {
    GET: { items: (SavedFilter)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: SavedFilter
    ':': {
      GET: SavedFilter
      PATCH: SavedFilter
      PUT: SavedFilter
      DELETE: null
      restore: {
        POST: SavedFilter
      }
    }
  }
  exports: {
    'students.csv': {
      GET: null
    }
    'students.ndjson': {
      GET: null
    }
    'programs.csv': {
      GET: null
    }
    'programs.ndjson': {
      GET: null
    }
    'courses.csv': {
      GET: null
    }
    'courses.ndjson': {
      GET: null
    }
    'terms.csv': {
      GET: null
    }
    'terms.ndjson': {
      GET: null
    }
    'sections.csv': {
      GET: null
    }
    'sections.ndjson': {
      GET: null
    }
    'enrollments.csv': {
      GET: null
    }
    'enrollments.ndjson': {
      GET: null
    }
    'attendance.csv': {
      GET: null
    }
    'attendance.ndjson': {
      GET: null
    }
    'assessments.csv': {
      GET: null
    }
    'assessments.ndjson': {
      GET: null
    }
    'scores.csv': {
      GET: null
    }
    'scores.ndjson': {
      GET: null
    }
    'results.csv': {
      GET: null
    }
    'results.ndjson': {
      GET: null
    }
    'audit-logs.csv': {
      GET: null
    }
    'audit-logs.ndjson': {
      GET: null
    }
  }
  backups: {
    GET: { items: (Backup)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    POST: BackupRun
    keys: {
      GET: { items: (BackupKey)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      rotate: {
        POST: { items: (BackupKey)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null } & Asked
      }
    }
    rewrap: {
      POST: { kid: string; rewrapped: (string)[]; missing: ({ name: string; kid: string })[]; damaged: (string)[] }
    }
    runs: {
      GET: { items: (BackupRun)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    }
    ':': {
      GET: { name: string; backup: Backup | null; runs: (BackupRun)[] }
      DELETE: Asked
      file: {
        GET: null
      }
      verify: {
        POST: BackupRun
      }
      restore: {
        POST: BackupRun & Asked
      }
    }
  }
  approvals: {
    GET: { items: (Approval)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    ':': {
      GET: Approval
      approve: {
        POST: Approval
      }
      reject: {
        POST: Approval
      }
    }
  }
  jobs: {
    GET: { items: (Job)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
    ':': {
      run: {
        POST: Job
      }
    }
  }
  queues: {
    'dead-letters': {
      GET: { items: (DeadLetter)[]; total?: number; total_is_minimum?: true; page?: number; page_size: number; total_pages?: number; has_next: boolean; has_previous: boolean; next_cursor: string | null }
      ':': {
        retry: {
          POST: DeadLetter
        }
      }
    }
  }
}

type Accepted = { accepted: true }

type Account = { id: number; email: string; full_name: string; role: 'admin' | 'registrar' | 'faculty' | 'student'; tier: 'free' | 'pro' | 'enterprise'; language: 'en' | 'el'; student_id: number | null }

type Application = { id: number; user_id: number; account_name: string | null; program_code: string | null; program_title: string | null; program_title_el: string | null; term_code: string | null; email: string | null; email_verified_at: string | null; program_id: number; term_id: number; first_name: string | null; last_name: string | null; latin_name: string | null; father_name: string | null; date_of_birth: string | null; phone: string | null; statement: string | null; status: 'draft' | 'submitted' | 'under_review' | 'accepted' | 'rejected' | 'waitlisted' | 'matriculated' | 'withdrawn'; submitted_at: string | null; note: string | null; decided_by: number | null; decided_by_name: string | null; decided_at: string | null; student_id: number | null; student_number: string | null; version: number; created_at: string; updated_at: string }

type Approval = { id: string; operation: string; subject: string; status: 'pending' | 'approved' | 'rejected' | 'expired'; requested_by: number; requested_by_name: string | null; requested_at: string; expires_at: string; decided_by: number | null; decided_by_name: string | null; decided_at: string | null; note: string | null }

type ArchivedVerification = { valid: boolean; problems: (AuditProblem)[]; rows_checked: number; resumed: ({ chain: number; began_at: string; reason: string; problems: number })[]; sealed_to: number; next_after: number | null; erased: number }

type Asked = { approval: Approval }

type Assessment = { id: number; section_id: number; category_id: number | null; type: 'midterm' | 'final' | 'quiz' | 'assignment' | 'project'; title: string; title_el: string | null; weight: number; max_score: number; due_at: string | null; released: boolean; category_name: string | null; course_code: string; term_code: string; section_number: string; version: number; created_at: string; updated_at: string }

type Attendance = { id: number; section_id: number; student_id: number; date: string; period: number; status: 'present' | 'absent' | 'late' | 'excused'; note: string | null; recorded_by: number | null; recorded_by_name: string | null; student_number: string; student_name: string; section_number: string; course_id: number; course_code: string; course_title: string; term_code: string; carried_from: number | null; version: number; created_at: string; updated_at: string }

type AttendanceEligibility = { student_id: number; student_number: string; student_name: string; section_id: number; course_code: string; term_code: string; section_number: string; rule: AttendanceRuleOutput; present: number; absent: number; late: number; excused: number; outside: number; records: number; percentage: number; threshold: number; eligible: boolean }

type AttendancePercentage = { student_id: number; student_number: string; student_name: string; section_id: number; course_code: string; term_code: string; section_number: string; rule: AttendanceRuleOutput; present: number; absent: number; late: number; excused: number; outside: number; records: number; percentage: number }

type AttendanceRuleOutput = { late_counts: number; excused: 'left_out' | 'present' | 'absent'; minimum: number }

type AttendanceSummary = { section_id: number; course_code: string; term_code: string; section_number: string; rule: AttendanceRuleOutput; threshold: number; totals: { present: number; absent: number; late: number; excused: number; outside: number; records: number; percentage: number; students: number; eligible: number; below_threshold: number }; students: ({ student_id: number; student_number: string; student_name: string; present: number; absent: number; late: number; excused: number; outside: number; records: number; percentage: number; eligible: boolean })[] }

type AuditDetail = { id: number; at: string; actor_id: number | null; actor_name: string | null; actor_role: string; action: string; entity_type: string; entity_id: string | null; success: boolean; method: string; path: string; status: number; summary: string; reason: string | null; request_id: string; changes: Record<string, { old?: unknown; new?: unknown }>; ip: string | null; user_agent: string | null }

type AuditEntry = { id: number; at: string; actor_id: number | null; actor_name: string | null; actor_role: string; action: string; entity_type: string; entity_id: string | null; success: boolean; method: string; path: string; status: number; summary: string; reason: string | null; request_id: string }

type AuditProblem = { kind: 'altered' | 'removed' | 'inserted' | 'rewritten'; from_id: number; to_id: number }

type AuditVerification = { valid: boolean; problems: (AuditProblem)[]; rows_checked: number; tail_checked: number; resumed: ({ chain: number; began_at: string; reason: string; problems: number })[]; sealed_to: number; next_after: number | null }

type Backup = { name: string; created_at: string; finished_at: string; rows: number; bytes: number; kid: string; verified_at: string | null; is_good: boolean | null }

type BackupKey = { kid: string; is_current: boolean; is_missing: boolean; backups: number }

type BackupRun = { id: string; task: 'backup' | 'verify' | 'restore'; name: string; status: 'under_way' | 'done' | 'failed'; phase: 'copy' | 'read' | 'save' | 'load' | 'merge' | 'swap' | 'done'; rows: number; saved_as: string | null; kept: ({ table: string; rows: number })[] | null; error: { code: string; where: string | null } | null; requested_by: number | null; requested_by_name?: string | null; created_at: string; updated_at: string; finished_at: string | null }

type BulkReport = { created: number; updated: number; skipped: number; failed: number; errors: ({ index: number; code: string; message: string })[] }

type Category = { id: number; section_id: number; name: string; name_el: string | null; weight: number; aggregation: 'weighted' | 'mean' | 'latest'; drop_lowest: number; kind: 'assessments' | 'attendance'; course_code: string; term_code: string; section_number: string; version: number; created_at: string; updated_at: string }

type CertifiedLetter = { type: 'bonafide' | 'noc'; language: 'en' | 'el'; institution: { en: string; el: string }; student: { first_name: string | null; last_name: string | null; latin_name: string | null; enrollment_date: string; study_year: number }; program: { code: string; title: string; title_el: string | null } | null; purpose: string | null; issued_at: string; digest: string }

type CertifiedRecord = { institution: { en: string; el: string }; institution_address?: { en: string; el: string } | null; student: { name: string; latin_name: string | null }; program: { code: string; title: { en: string; el: string }; degree: string | null; degree_el?: string | null; credits_required: string | null } | null; scale?: { max: string; pass: string; shows_percent: boolean; bands: ({ from: string; name: { en: string; el: string } })[]; distribution?: { grades: number; bands: ({ name: { en: string; el: string }; grades: number })[] } } | null; terms: ({ code: string; name: { en: string; el: string }; courses: ({ code: string; title: { en: string; el: string }; credits: string; letter: string; value?: string; scale?: string; band?: { en: string; el: string } | null; percentage: string; points: string; outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; counted: boolean })[]; average: string | null; gpa: string | null; credits_earned: string })[]; cumulative: { average: string | null; gpa: string | null; credits_earned: string; credits_attempted: string }; issued_at: string; digest: string }

type ChangedCourse = { id: number; code: string; title: string; title_el: string | null; credits: number; program_id: number | null; absence_penalty: number; attendance_rule: AttendanceRuleOutput; archived_at: string | null; version: number; created_at: string; updated_at: string; program_code: string | null; sections_updated: ({ section_id: number; term_id: number; term_code: string; number: string })[] }

type ChangedInstructors = { instructors: ({ user_id: number; full_name: string; email: string | null })[]; clashes?: (Clash)[] }

type ChangedMeetings = { meetings: ({ weekday: number; start: string; end: string; room: string | null })[]; clashes?: (Clash)[] }

type ChangedSection = { id: number; course_id: number; term_id: number; number: string; capacity: number; waitlist_capacity: number; title: string | null; title_el: string | null; credits: number | null; grading_scheme: string | null; instructors: ({ user_id: number; full_name: string })[]; seats_taken: number; code: string | null; absence_penalty: number | null; attendance_rule: AttendanceRuleOutput | null; course_code: string; course_title: string; course_title_el: string | null; term_code: string; version: number; created_at: string; updated_at: string; clashes?: (Clash)[] }

type ChangedStudent = { id: number; student_number: string; first_name: string | null; last_name: string | null; latin_name: string | null; father_name?: string | null; date_of_birth?: string | null; phone?: string | null; email: string; program_id: number | null; study_year: number; enrollment_date: string; status: 'active' | 'on_leave' | 'suspended' | 'graduated' | 'withdrawn' | 'removed'; version: number; created_at: string; updated_at: string; program_code: string | null; ended: ({ enrollment_id: number; section_id: number; section_number: string; course_code: string; status: 'dropped' | 'withdrawn' })[] }

type ChangedTerm = { id: number; code: string; name: string; name_el: string | null; start_date: string; end_date: string; status: 'open' | 'closed'; enrollment_opens_at: string | null; enrollment_closes_at: string | null; drop_deadline: string | null; withdraw_deadline: string | null; turnstile_pace: number | null; version: number; created_at: string; updated_at: string; clashes?: (Clash)[] }

type Clash = { kind: 'student' | 'room' | 'instructor'; of_section_id: number; of_section_number: string; of_course_code: string; section_id: number; section_number: string; course_code: string; date: string; from: string; to: string; room: string | null; count: number; ids: (number)[] }

type ClosedTerm = { id: number; code: string; name: string; name_el: string | null; start_date: string; end_date: string; status: 'open' | 'closed'; enrollment_opens_at: string | null; enrollment_closes_at: string | null; drop_deadline: string | null; withdraw_deadline: string | null; turnstile_pace: number | null; version: number; created_at: string; updated_at: string; unresolved: number }

type CompletedTerm = { term_id: number; term_code: string; completed: number; unresolved: number }

type ComputedResults = { section_id: number; course_code: string; term_code: string; section_number: string; created: number; updated: number; unchanged: number; locked: number; kept: { count: number; students: ({ student_id: number; student_number: string; student_name: string; percentage: number; computed: number })[] }; without_score: { count: number; students: ({ student_id: number; student_number: string; student_name: string })[] } }

type Course = { id: number; code: string; title: string; title_el: string | null; credits: number; program_id: number | null; absence_penalty: number; attendance_rule: AttendanceRuleOutput; archived_at: string | null; version: number; created_at: string; updated_at: string; program_code: string | null }

type CreatedCourse = { id: number; code: string; title: string; title_el: string | null; credits: number; program_id: number | null; absence_penalty: number; attendance_rule: AttendanceRuleOutput; archived_at: string | null; version: number; created_at: string; updated_at: string; program_code: string | null; warnings?: ('LIKELY_TWIN' | 'LOOKS_ALIKE')[]; alike_ids?: (number)[] }

type CreatedProgram = { id: number; code: string; title: string; title_el: string | null; degree: string | null; degree_el: string | null; credits_required: number | null; credits_per_term: number | null; grading_scheme: string; repeat_policy: 'best' | 'last' | 'average' | 'first'; archived_at: string | null; version: number; created_at: string; updated_at: string; warnings?: ('LIKELY_TWIN' | 'LOOKS_ALIKE')[]; alike_ids?: (number)[] }

type CreatedSection = { id: number; course_id: number; term_id: number; number: string; capacity: number; waitlist_capacity: number; title: string | null; title_el: string | null; credits: number | null; grading_scheme: string | null; instructors: ({ user_id: number; full_name: string })[]; seats_taken: number; code: string | null; absence_penalty: number | null; attendance_rule: AttendanceRuleOutput | null; course_code: string; course_title: string; course_title_el: string | null; term_code: string; version: number; created_at: string; updated_at: string; warnings?: ('LIKELY_TWIN' | 'LOOKS_ALIKE')[]; alike_ids?: (number)[] }

type CreatedStudent = { id: number; student_number: string; first_name: string | null; last_name: string | null; latin_name: string | null; father_name?: string | null; date_of_birth?: string | null; phone?: string | null; email: string; program_id: number | null; study_year: number; enrollment_date: string; status: 'active' | 'on_leave' | 'suspended' | 'graduated' | 'withdrawn' | 'removed'; version: number; created_at: string; updated_at: string; program_code: string | null; warnings?: ('LIKELY_TWIN' | 'LOOKS_ALIKE')[]; alike_ids?: (number)[] }

type CreatedTerm = { id: number; code: string; name: string; name_el: string | null; start_date: string; end_date: string; status: 'open' | 'closed'; enrollment_opens_at: string | null; enrollment_closes_at: string | null; drop_deadline: string | null; withdraw_deadline: string | null; turnstile_pace: number | null; version: number; created_at: string; updated_at: string; warnings?: ('LIKELY_TWIN' | 'LOOKS_ALIKE')[]; alike_ids?: (number)[] }

type DailyActivity = { id: number; day: string; action: string; done: number; refused: number }

type DeadLetter = { id: number; type: string; status: 'dead' | 'retried'; message: Record<string, string | number> | null; deaths: number; failed_at: string; retried_at: string | null; retried_by: number | null; retried_by_name: string | null }

type Enrollment = { id: number; section_id: number; student_id: number; status: 'enrolled' | 'dropped' | 'withdrawn' | 'transferred' | 'completed'; enrolled_at: string; ended_at: string | null; end_reason: 'dropped' | 'withdrawn' | 'transferred' | 'left' | 'completed' | null; transferred_to: number | null; member_from: string | null; member_until: string | null; student_number: string; student_name: string; section_number: string; course_code: string; course_title: string; term_id: number; term_code: string; version: number; created_at: string; updated_at: string }

type EnrollmentCheck = { allowed: boolean; reasons: ({ code: string; message: string })[] }

type EvaluationRulesOutput = { rules: ({ name: string; name_el: string | null; weight: number; aggregation: 'weighted' | 'mean' | 'latest'; drop_lowest: number; kind: 'assessments' | 'attendance' })[] }

type FinalGrade = { student_id: number; student_number: string; student_name: string; section_id: number; course_code: string; term_code: string; section_number: string; scheme: string; type: 'current' | 'final'; weight_assessed: number; current: { percentage: number; letter: string; points: number; value: number; passing: boolean }; final: { percentage: number; letter: string; points: number; value: number; passing: boolean }; categories: ({ name: string; weight: number; average: number | null })[]; breakdown: ({ assessment_id: number | null; title: string; category: string | null; state: 'graded' | 'missing' | 'excused' | 'exempt' | 'banked'; score: number | null; max_score: number; percentage: number | null; weight: number; contribution: number; dropped: boolean; current: { weight: number; contribution: number; dropped: boolean } })[]; absences: number; absence_deduction: number }

type FinalGrades = { section_id: number; course_code: string; term_code: string; section_number: string; grades: (FinalGrade)[] }

type FreshToken = { access_token: string; token_type: 'bearer'; expires_in: number }

type Gradebook = { section_id: number; course_code: string; term_code: string; section_number: string; categories: ({ id: number; name: string; name_el: string | null; weight: number; aggregation: 'weighted' | 'mean' | 'latest'; drop_lowest: number; kind: 'assessments' | 'attendance' })[]; assessments: ({ id: number; category_id: number | null; title: string; type: string; weight: number; max_score: number; released: boolean })[]; students: ({ student_id: number; student_number: string; student_name: string; scheme: string | null; scores: ({ assessment_id: number; score: number | null; state: 'graded' | 'missing' | 'excused' | 'exempt' | 'banked' })[]; attendance: number | null; current: { percentage: number; letter: string; points: number; value: number; passing: boolean } | null; final: { percentage: number; letter: string; points: number; value: number; passing: boolean } | null })[] }

type GradingScheme = { id: number; code: string; scale_max: 100 | 20 | 10; pass_minimum: number; step: 0.01 | 0.05 | 0.1 | 0.25 | 0.5 | 1; rounding: 'half_up' | 'down'; decimals: number; shows_percent: boolean; bands: ({ minimum: number; letter: string; points: number | null; passing: boolean; name: string | null; name_el: string | null })[]; shipped: boolean; version: number; created_at: string; updated_at: string }

type Health = { status: 'ok' | 'degraded' | 'unhealthy'; version: string; components: { database: 'ok' | 'down'; queue: 'ok' | 'down'; storage: 'ok' | 'down'; rate_limiter: 'ok' | 'down' } }

type HealthDetails = { status: 'ok' | 'degraded' | 'unhealthy'; version: string; checked_at: string; components: { database: { state: 'ok' | 'down'; latency_ms: number }; queue: { state: 'ok' | 'down'; latency_ms: number }; storage: { state: 'ok' | 'down'; latency_ms: number }; rate_limiter: { state: 'ok' | 'down'; latency_ms: number } }; migrations: { applied: number; newest: string | null; pending: (string)[] } | null; last_backup: { name: string; finished_at: string; age_seconds: number } | null; queue: { backlog: number | null; outbox: number; outbox_oldest_seconds: number | null; dead_letters: number; newest_dead_letter_at: string | null } | null; slowest_queries: ({ query: string; runs: number; max_ms: number; rows_read: number })[] | null }

type Hold = { id: number; student_id: number; student_number: string | null; student_name: string | null; kind: 'financial' | 'academic' | 'administrative' | 'disciplinary'; blocks: ('enrollment' | 'transcript' | 'graduation')[]; office: string; reason: string; from: string; until: string | null; placed_by: number | null; placed_by_name: string | null; released_at: string | null; released_by: number | null; released_by_name: string | null; version: number; created_at: string; updated_at: string }

type Import = { id: string; entity: 'programs' | 'courses' | 'terms' | 'sections' | 'students' | 'enrollments' | 'attendance' | 'assessments' | 'scores'; format: 'csv' | 'ndjson'; dry_run: boolean; atomic: boolean; state: 'queued' | 'reading' | 'planning' | 'deciding' | 'needs_confirmation' | 'updating' | 'creating' | 'writing' | 'finishing' | 'finished' | 'failed'; progress: number; size: number; rows: number; created: number; updated: number; skipped: number; failed: number; cleared: number; blanks: 'clear' | 'keep'; dates: 'iso' | 'dmy'; blank: number; error_code: string | null; requested_by: number | null; requested_by_name: string | null; created_at: string; started_at: string | null; finished_at: string | null }

type ImportError = { id: number; line: number; field: string | null; severity: 'error' | 'warning'; code: string; message: string }

type ImportReport = { id: string; entity: 'programs' | 'courses' | 'terms' | 'sections' | 'students' | 'enrollments' | 'attendance' | 'assessments' | 'scores'; format: 'csv' | 'ndjson'; dry_run: boolean; atomic: boolean; state: 'queued' | 'reading' | 'planning' | 'deciding' | 'needs_confirmation' | 'updating' | 'creating' | 'writing' | 'finishing' | 'finished' | 'failed'; progress: number; size: number; rows: number; created: number; updated: number; skipped: number; failed: number; cleared: number; blanks: 'clear' | 'keep'; dates: 'iso' | 'dmy'; blank: number; error_code: string | null; requested_by: number | null; requested_by_name: string | null; created_at: string; started_at: string | null; finished_at: string | null; errors: (ImportError)[]; warnings: (ImportError)[] }

type Instructors = { instructors: ({ user_id: number; full_name: string; email: string | null })[] }

type Invitation = { id: number; email: string; full_name: string; role: 'admin' | 'registrar' | 'faculty' | 'student'; language: 'en' | 'el'; invited_by: number | null; invited_by_name: string | null; expires_at: string; accepted_at: string | null; voided_at: string | null; created_at: string }

type Job = { name: string; cron: string; next_run_at: string | null; status: 'never_run' | 'running' | 'ok' | 'failed' | 'died'; started_at: string | null; finished_at: string | null; duration_ms: number | null; handled: number | null; error_code: string | null; succeeded_at: string | null }

type LegacyFinding = { kind: 'second_seat' | 'leaver_seat' | 'uncarried_work' | 'twin_student' | 'twin_program' | 'twin_course' | 'twin_term' | 'twin_scheme' | 'twin_category' | 'result_rounding' | 'term_dates' | 'birth_date' | 'raised_capacity'; id: number; entity: string; text: string }

type Letter = { id: string; request_id: number; type: 'bonafide' | 'noc'; language: 'en' | 'el'; digest: string; issued_at: string; expires_at: string; revoked_at: string | null }

type LetterVerification = { valid: boolean; reason: 'valid' | 'expired' | 'tampered' | 'unknown' | 'revoked'; type: 'bonafide' | 'noc' | null; institution: { en: string; el: string }; holder: { initials: string; student_number: string } | null; issued_at: string | null; expires_at: string | null; digest: string | null }

type Live = { status: 'ok'; version: string }

type Meetings = { meetings: ({ weekday: number; start: string; end: string; room: string | null })[] }

type MfaRequired = { mfa_required: true; mfa_token: string }

type Mode = { mode: 'beginner' | 'expert'; user_id: number; created_at: string; updated_at: string }

type Override = { id: number; student_id: number; student_number: string | null; student_name: string | null; check: 'ENROLLMENT_WINDOW_CLOSED' | 'HOLD' | 'PREREQUISITE_NOT_MET' | 'COREQUISITE_MISSING' | 'SCHEDULE_CONFLICT' | 'CREDIT_LIMIT' | 'STUDENT_NOT_ACTIVE'; section_id: number | null; course_id: number | null; term_id: number | null; reason_code: string; note: string | null; section_number: string | null; course_code: string | null; term_code: string | null; granted_by: number | null; granted_by_name: string | null; expires_at: string | null; revoked_at: string | null; revoked_by: number | null; revoked_by_name: string | null; version: number; created_at: string; updated_at: string }

type PastChange = { id: number; result_id: number; student_id: number; section_id: number; status: 'pending' | 'approved' | 'rejected'; reason: string; requested_by: number; requested_by_name: string | null; old_percentage: number; old_letter: string; old_points: number; old_value: number; old_outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; new_percentage: number; new_letter: string; new_points: number; new_value: number; new_outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; approvals: number; approvals_needed: number; resolved_at: string | null; resolved_by: number | null; resolved_by_name: string | null; note: string | null; student_number: string; student_name: string; section_number: string; course_code: string; term_code: string; version: number; created_at: string; updated_at: string; approved_by: ({ user_id: number; full_name: string | null; approved_at: string; note: string | null })[] }

type Preferences = { mode: 'beginner' | 'expert'; language: 'en' | 'el'; theme: 'system' | 'light' | 'dark'; show_tooltips: boolean; completed_guides: (string)[]; user_id: number; created_at: string; updated_at: string; version: number }

type Program = { id: number; code: string; title: string; title_el: string | null; degree: string | null; degree_el: string | null; credits_required: number | null; credits_per_term: number | null; grading_scheme: string; repeat_policy: 'best' | 'last' | 'average' | 'first'; archived_at: string | null; version: number; created_at: string; updated_at: string }

type PublishedResults = { state: 'published' | 'frozen'; results: (Result)[]; without_score: { count: number; students: ({ student_id: number; student_number: string; student_name: string })[] } }

type RecoveryCodes = { recovery_codes: (string)[] }

type RegistrationAuditRow = { id: number; student_id: number; student_number: string; student_name: string; section_id: number; section_number: string; course_code: string; course_title: string; enrolled_at: string; failed_prerequisites: string }

type RequestedChange = { id: number; result_id: number; student_id: number; section_id: number; status: 'pending' | 'approved' | 'rejected'; reason: string; requested_by: number; requested_by_name: string | null; old_percentage: number; old_letter: string; old_points: number; old_value: number; old_outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; new_percentage: number; new_letter: string; new_points: number; new_value: number; new_outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; approvals: number; approvals_needed: number; resolved_at: string | null; resolved_by: number | null; resolved_by_name: string | null; note: string | null; student_number: string; student_name: string; section_number: string; course_code: string; term_code: string; version: number; created_at: string; updated_at: string; explanation?: string }

type Requirements = { prerequisites: ({ any_of: ({ course_id: number; minimum_percentage: number | null; course_code: string })[] })[]; corequisites: ({ any_of: ({ course_id: number; minimum_percentage: number | null; course_code: string })[] })[] }

type Result = { id: number; student_id: number; section_id: number; state: 'draft' | 'published' | 'frozen'; outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; percentage: number; letter: string; points: number; value: number; scheme: string | null; scale_max: number | null; credits: number; set_by_hand: boolean; is_published: boolean; published_at: string | null; published_by: number | null; published_by_name: string | null; frozen_at: string | null; frozen_by: number | null; frozen_by_name: string | null; student_number: string; student_name: string; code: string; title: string; title_el: string | null; course_code: string; course_title: string; term_code: string; version: number; created_at: string; updated_at: string; section_number: string }

type ResultChange = { id: number; result_id: number; student_id: number; section_id: number; status: 'pending' | 'approved' | 'rejected'; reason: string; requested_by: number; requested_by_name: string | null; old_percentage: number; old_letter: string; old_points: number; old_value: number; old_outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; new_percentage: number; new_letter: string; new_points: number; new_value: number; new_outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; approvals: number; approvals_needed: number; resolved_at: string | null; resolved_by: number | null; resolved_by_name: string | null; note: string | null; student_number: string; student_name: string; section_number: string; course_code: string; term_code: string; version: number; created_at: string; updated_at: string }

type ResultStep = { state: 'published' | 'frozen'; results: (Result)[] }

type RevokedSessions = { revoked: number }

type SavedFilter = { id: number; name: string; entity: string; query: Record<string, string>; path: string | null; version: number; created_at: string; updated_at: string }

type Score = { id: number; assessment_id: number; student_id: number; score: number | null; state: 'graded' | 'missing' | 'excused' | 'exempt' | 'banked'; max_score: number; graded_by: number | null; graded_by_name: string | null; graded_at: string; section_id: number; assessment_title: string; student_number: string; student_name: string; course_code: string; term_code: string; section_number: string; carried_from: number | null; carried_to: number | null; version: number; created_at: string; updated_at: string }

type SearchHits = { hits: ({ type: 'students' | 'courses' | 'sections' | 'programs'; id: number; title: string; subtitle: string; match: 'prefix' | 'partial' })[] }

type Section = { id: number; course_id: number; term_id: number; number: string; capacity: number; waitlist_capacity: number; title: string | null; title_el: string | null; credits: number | null; grading_scheme: string | null; instructors: ({ user_id: number; full_name: string })[]; seats_taken: number; code: string | null; absence_penalty: number | null; attendance_rule: AttendanceRuleOutput | null; course_code: string; course_title: string; course_title_el: string | null; term_code: string; version: number; created_at: string; updated_at: string }

type ServiceRequest = { id: number; student_id: number; student_number: string; student_name: string; type: 'transcript' | 'bonafide' | 'noc' | 'other'; details: string | null; language: 'en' | 'el'; status: 'pending' | 'approved' | 'rejected' | 'completed' | 'cancelled'; notes: string | null; processed_by: number | null; processed_by_name: string | null; processed_at: string | null; letter_id: string | null; job_id: string | null; version: number; created_at: string; updated_at: string }

type Session = { id: string; created_at: string; last_used_at: string; ends_at: string; ip: string | null; user_agent: string | null; current: boolean }

type SignedIn = { access_token: string; token_type: 'bearer'; expires_in: number; refresh_token?: string; user: Account }

type StaffMember = { id: number; full_name: string; role: 'admin' | 'registrar' | 'faculty' }

type Student = { id: number; student_number: string; first_name: string | null; last_name: string | null; latin_name: string | null; father_name?: string | null; date_of_birth?: string | null; phone?: string | null; email: string; program_id: number | null; study_year: number; enrollment_date: string; status: 'active' | 'on_leave' | 'suspended' | 'graduated' | 'withdrawn' | 'removed'; version: number; created_at: string; updated_at: string; program_code: string | null }

type StudentNote = { id: number; student_id: number; student_number: string | null; student_name: string | null; text: string; author_id: number; author_name: string | null; created_at: string }

type StudentRecord = { student: { id: number; student_number: string; first_name: string | null; last_name: string | null; status: 'active' | 'on_leave' | 'suspended' | 'graduated' | 'withdrawn' | 'removed'; study_year: number; program: { id: number; code: string; title: string; title_el: string | null } | null }; terms: ({ term_id: number; term_code: string; term_name: string; term_name_el: string | null; standing: { average: number | null; gpa: number | null; credits_earned: number } | null; sections: ({ section_id: number; section_number: string; course_id: number; course_code: string; course_title: string; course_title_el: string | null; credits: number; enrollment: { id: number; status: 'enrolled' | 'dropped' | 'withdrawn' | 'transferred' | 'completed'; enrolled_at: string; ended_at: string | null } | null; attendance: { present: number; absent: number; late: number; excused: number; outside: number; records: number; percentage: number; eligible: boolean } | null; result: { id: number; state: 'draft' | 'published' | 'frozen'; outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'; percentage: number; letter: string; points: number; value: number; credits: number; counted: boolean } | null })[] })[]; standing: { average: number | null; gpa: number | null; credits_earned: number; credits_attempted: number } | null; holds: ({ id: number; kind: 'financial' | 'academic' | 'administrative' | 'disciplinary'; blocks: ('enrollment' | 'transcript' | 'graduation')[]; office: string; from: string; until: string | null })[] | null }

type Term = { id: number; code: string; name: string; name_el: string | null; start_date: string; end_date: string; status: 'open' | 'closed'; enrollment_opens_at: string | null; enrollment_closes_at: string | null; drop_deadline: string | null; withdraw_deadline: string | null; turnstile_pace: number | null; version: number; created_at: string; updated_at: string }

type Tokens = { access_token: string; token_type: 'bearer'; expires_in: number; refresh_token: string }

type TotpSetUp = { secret: string; otpauth_uri: string; qr_svg: string }

type TranscriptAccepted = { job_id: string; status: 'queued' | 'rendering' | 'ready' | 'failed' }

type TranscriptBatchReport = { created: number; updated: number; skipped: number; failed: number; errors: ({ index: number; student_id: number; student_number: string | null; code: string; message: string })[]; jobs: ({ student_id: number; student_number: string | null; job_id: string })[] }

type TranscriptIssue = { id: string; student_id: number; student_number: string; student_name: string; language: 'en' | 'el'; digest: string; issued_at: string; expires_at: string; revoked_at: string | null; superseded_at: string | null }

type TranscriptJob = { id: string; student_id: number; student_number: string | null; student_name: string | null; language: 'en' | 'el'; status: 'queued' | 'rendering' | 'ready' | 'failed'; attempts: number; error_code: string | null; issue_id: string | null; requested_by: number | null; requested_by_name: string | null; created_at: string; finished_at: string | null }

type Transfer = { id: number; section_id: number; student_id: number; status: 'enrolled' | 'dropped' | 'withdrawn' | 'transferred' | 'completed'; enrolled_at: string; ended_at: string | null; end_reason: 'dropped' | 'withdrawn' | 'transferred' | 'left' | 'completed' | null; transferred_to: number | null; member_from: string | null; member_until: string | null; student_number: string; student_name: string; section_number: string; course_code: string; course_title: string; term_id: number; term_code: string; version: number; created_at: string; updated_at: string; dry_run: boolean; carried: { scores: number; attendance: number }; left_behind: ({ assessment_id: number; title: string; score: number | null; reason: 'no_counterpart' | 'newer_score' | 'official_result' })[] }

type TurnstilePlace = { term_id: number; state: 'off' | 'none' | 'waiting' | 'admitted'; position: number | null; wait_seconds: number | null; admission: string | null; admitted_until: string | null; waiting: number }

type UnresolvedSeat = { id: number; section_id: number; section_number: string; course_id: number; course_code: string; course_title: string; student_id: number; student_number: string; student_name: string; enrolled_at: string; why: 'no_work' | 'no_result' | 'draft_result' | 'withdrawn_result' }

type User = { id: number; email: string; full_name: string; role: 'admin' | 'registrar' | 'faculty' | 'student'; tier: 'free' | 'pro' | 'enterprise'; language: 'en' | 'el'; is_active: boolean; student_id: number | null; student_number: string | null; student_name: string | null; email_verified_at: string | null; version: number; created_at: string; updated_at: string }

type Verification = { valid: boolean; reason: 'valid' | 'expired' | 'tampered' | 'unknown' | 'revoked' | 'superseded'; institution: { en: string; el: string }; holder: { initials: string; student_number: string } | null; issued_at: string | null; expires_at: string | null; digest: string | null }

type WaitlistEntry = { id: number; section_id: number; student_id: number; swap: boolean; position: number; skipped_at: string | null; skipped_reason: { code: string; message: string } | null; student_number: string; student_name: string; section_number: string; course_code: string; term_code: string; version: number; created_at: string; updated_at: string }

type Welcome = { name: string; api: string; reference: string; openapi: string; health: string }

type WrittenAssessment = { id: number; section_id: number; category_id: number | null; type: 'midterm' | 'final' | 'quiz' | 'assignment' | 'project'; title: string; title_el: string | null; weight: number; max_score: number; due_at: string | null; released: boolean; category_name: string | null; course_code: string; term_code: string; section_number: string; version: number; created_at: string; updated_at: string; warnings?: ('WEIGHS_NOTHING')[]; explanation?: string; loose_ids?: (number)[] }

type WrittenCategory = { id: number; section_id: number; name: string; name_el: string | null; weight: number; aggregation: 'weighted' | 'mean' | 'latest'; drop_lowest: number; kind: 'assessments' | 'attendance'; course_code: string; term_code: string; section_number: string; version: number; created_at: string; updated_at: string; warnings?: ('WEIGHS_NOTHING')[]; explanation?: string; loose_ids?: (number)[] }
