//! What people see: templates, words in English and Arabic, styles, fonts.
