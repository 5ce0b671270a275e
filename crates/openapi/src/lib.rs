//! The dialect qicard-v1: header signature, messages and result codes. No server in it.
