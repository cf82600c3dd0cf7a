//! A cursor over the bytes of a model file.

use super::Malformed;

/// Reads little-endian values; running out of bytes is [`Malformed`], never a panic.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }
    pub(super) fn bytes(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (head, tail) = self.0.split_at_checked(len).ok_or(Malformed("cut short"))?;
        self.0 = tail;
        Ok(head)
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (head, tail) = self.0.split_first_chunk().ok_or(Malformed("cut short"))?;
        self.0 = tail;
        Ok(*head)
    }
    pub(super) fn u8(&mut self) -> Result<u8, Malformed> {
        self.array().map(|[byte]| byte)
    }
    pub(super) fn u16(&mut self) -> Result<usize, Malformed> {
        self.array().map(|bytes| usize::from(u16::from_le_bytes(bytes)))
    }
    pub(super) fn u32(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_le_bytes)
    }
    /// A finite number.
    pub(super) fn f32(&mut self) -> Result<f32, Malformed> {
        let value = f32::from_le_bytes(self.array()?);
        if value.is_finite() { Ok(value) } else { Err(Malformed("a number that is not finite")) }
    }
    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }
}
