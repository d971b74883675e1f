using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Platform.Keys;

/// <summary>The key outside the store that wraps the keys inside it: a stolen copy of the store alone then signs nothing.</summary>
public sealed record KeySettings(
    [Description("A secret of at least 32 characters that wraps the keys in the store. Keep it elsewhere than the store. Empty: the keys are not wrapped."), PasswordPropertyText] string? Master = null)
{
    public const int MasterLength = 32;

    internal byte[]? Key { get; } = string.IsNullOrEmpty(Master) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(Master));
}
