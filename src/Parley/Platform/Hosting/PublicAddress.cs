using Parley.Platform.Settings;

namespace Parley.Platform.Hosting;

/// <summary>
/// What the world calls this installation (<c>server.publicUrl</c>): every link that is copied or mailed begins with it, every line for a site names it, and
/// <c>parley doctor</c> looks there. Without a slash at its end; null: nobody has said it.
/// </summary>
public sealed record PublicAddress(string? Url)
{
    public const string Key = "server.publicUrl";

    /// <exception cref="SettingWrong">It is no address of a server.</exception>
    public static PublicAddress Of(string? text) => Flaw(text) is { } flaw ? throw new SettingWrong(flaw) : new(text is null ? null : new Uri(text).GetLeftPart(UriPartial.Authority));

    /// <summary>Why it is no address of a server; null: it is one, or none was given.</summary>
    public static string? Flaw(string? text) =>
        text is null || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }) ? null
            : $"{Key} is '{text}', and must be an address without a path, like https://chat.example.org.";
}
