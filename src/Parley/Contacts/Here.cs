namespace Parley.Contacts;

/// <summary>Whether somebody is here, and the number of their last coming or going: an older one says nothing any more.</summary>
public readonly record struct Here(bool Present, long Number);
