namespace Parley.Platform.Hosting;

/// <summary>The data folder of this process, for what is kept outside the store.</summary>
public sealed record Place(string Folder);
