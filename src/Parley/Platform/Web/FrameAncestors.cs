namespace Parley.Platform.Web;

/// <summary>
/// Which sites may hold the widget's frame for an inbox: the sources of a CSP's <c>frame-ancestors</c>. An empty list: none but our own;
/// null: any. Whoever knows the inboxes registers one.
/// </summary>
public delegate ValueTask<IReadOnlyList<string>?> FrameAncestors(string inbox);
