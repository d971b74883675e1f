using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Parley.Conversations.Streaming;

/// <summary>
/// Positions as one opaque word of 22 characters, different for every workspace and every epoch of the store. Encrypted, for a position tells a
/// customer how busy the company is; a word that was changed, or is of another epoch or workspace, reads as none of ours.
/// </summary>
internal sealed class StreamCursor(byte[] epoch, WorkspaceId workspace) : IDisposable
{
    private const int Number = 6;
    private const int Check = 4;

    // Kept open: every entry that is told needs one block, and opening costs more than the block.
    private readonly Aes _aes = Cipher(epoch, workspace);
    private readonly byte[] _plain = new byte[16];
    private readonly byte[] _secret = new byte[16];
    private readonly Lock _gate = new();
    private ICryptoTransform? _encrypting;

    public string Write(StreamPosition position)
    {
        Span<byte> eight = stackalloc byte[8];
        lock (_gate)
        {
            BinaryPrimitives.WriteInt64BigEndian(eight, position.Entries);
            eight[^Number..].CopyTo(_plain.AsSpan(Check));
            BinaryPrimitives.WriteInt64BigEndian(eight, position.Summaries);
            eight[^Number..].CopyTo(_plain.AsSpan(Check + Number));
            (_encrypting ??= _aes.CreateEncryptor()).TransformBlock(_plain, 0, 16, _secret, 0);
            return Base64Url.EncodeToString(_secret);
        }
    }

    public StreamPosition? Read(string? cursor)
    {
        Span<byte> secret = stackalloc byte[24];
        if (cursor is not { Length: 22 } || !Base64Url.TryDecodeFromChars(cursor, secret, out var length) || length != 16)
        {
            return null;
        }

        Span<byte> plain = stackalloc byte[16];
        lock (_gate)
        {
            _aes.DecryptEcb(secret[..16], plain, PaddingMode.None);
        }

        return plain[..Check].IndexOfAnyExcept((byte)0) < 0 ? new(Read(plain.Slice(Check, Number)), Read(plain.Slice(Check + Number, Number))) : null;
    }

    public void Dispose()
    {
        _encrypting?.Dispose();
        _aes.Dispose();
    }

    private static long Read(ReadOnlySpan<byte> six)
    {
        Span<byte> eight = stackalloc byte[8];
        six.CopyTo(eight[^Number..]);
        return BinaryPrimitives.ReadInt64BigEndian(eight);
    }

    private static Aes Cipher(byte[] epoch, WorkspaceId workspace)
    {
        var aes = Aes.Create();
        (aes.Mode, aes.Padding) = (CipherMode.ECB, PaddingMode.None);
        aes.Key = HKDF.DeriveKey(HashAlgorithmName.SHA256, epoch, 16, info: [.. "stream"u8, .. workspace.Bytes]);
        return aes;
    }
}
