using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Contacts;

/// <summary>What may be uploaded.</summary>
public sealed record FileSettings(
    [Description("The largest file that is taken, in bytes."), Range(1, 1L << 32)] long Limit = 20 * 1024 * 1024,
    [Description("The types of files that are taken, as a list with commas.")] string Types =
        "image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain,text/csv,text/markdown,application/zip,"
        + "application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,"
        + "application/vnd.openxmlformats-officedocument.presentationml.presentation,audio/mpeg,audio/ogg,audio/wav,audio/mp4,video/mp4,video/webm",
    [Description("After how many hours a file goes that no message has taken."), Range(1, 24 * 365)] int UnusedHours = 24);
