using System.Text.RegularExpressions;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>What names, colours and addresses may look like, wherever people type them.</summary>
public static partial class Naming
{
    public const int NameLimit = 100;
    public const int EmailLimit = 254;

    /// <summary>Null when the name may stand.</summary>
    public static Refusal? Name(string name, string field = "name") => name.Trim() switch
    {
        "" => new($"{field}.empty", $"The {field} is empty.", 400),
        { Length: > NameLimit } => new($"{field}.tooLong", $"The {field} is longer than {NameLimit} characters.", 400),
        var text when text.Any(char.IsControl) => new($"{field}.invalid", $"The {field} has characters that cannot be shown.", 400),
        _ => null,
    };

    public static Refusal? Email(string email) => email.Length <= EmailLimit && Address().IsMatch(email)
        ? null
        : new("email.invalid", "That is not an e-mail address.", 400);

    public static Refusal? Color(string color) => Hex().IsMatch(color) ? null : new("color.invalid", "A colour is written as #rrggbb.", 400);

    /// <summary>Addresses are the same address in any case (what stands before the @ might differ by RFC 5321; nobody's does).</summary>
    public static string Normal(string email) => email.Trim().ToLowerInvariant();

    [GeneratedRegex(@"\A[^\s\p{Cc}@<>()""',;:\\]+@[^\s\p{Cc}@<>()""',;:\\.]+(\.[^\s\p{Cc}@<>()""',;:\\.]+)+\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z")]
    private static partial Regex Hex();
}
