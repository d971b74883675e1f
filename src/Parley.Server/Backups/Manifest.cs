namespace Parley.Server.Backups;

/// <summary>What a backup says of itself; the first thing in it.</summary>
/// <param name="Format">Of the archive; this version writes and reads 1.</param>
/// <param name="Steps">The migrations that its tables are of.</param>
internal sealed record Manifest(int Format, string Version, DateTimeOffset Made, IReadOnlyList<int> Steps)
{
    public const int CurrentFormat = 1;
    public const string Name = "manifest.json";
    public const string Tables = "tables/";
    public const string Files = "files/";

    public static string ProgramVersion => typeof(Manifest).Assembly.GetName().Version!.ToString(3);
}
