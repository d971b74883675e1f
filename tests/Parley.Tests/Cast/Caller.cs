using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Parley.Tests.Cast;

/// <summary>What the server answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>The code of a problem; null when it is none.</summary>
    public string? Code => Text.StartsWith('{') && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The text of a field: <c>visitor.id</c>.</summary>
    public string this[string path] => path.Split('.').Aggregate(Body, (element, name) => element.GetProperty(name)).ToString();

    public bool Has(string name) => Body.TryGetProperty(name, out _);

    /// <summary>Holds the answer to a status, and shows what it said when it is another.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    public Answer Refused(HttpStatusCode status, string code)
    {
        Expect(status);
        Code.ShouldBe(code);
        // A problem has one sentence for a person, and never shows our insides.
        this["detail"].ShouldNotBeEmpty();
        Text.ShouldNotContain("   at ");
        return this;
    }
}

/// <summary>Somebody who speaks HTTP with the product: with cookies like a browser, or with a token.</summary>
public class Caller : IDisposable
{
    private readonly HttpClient _http;

    public Caller(Uri address, string? bearer = null)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = true, CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        Bearer = bearer;
    }

    public Uri Address { get; }

    public CookieContainer Cookies { get; } = new();

    public string? Bearer { get; set; }

    /// <summary>Headers of every request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    public Task<Answer> Put(string path, object? body = null) => Send(HttpMethod.Put, path, body);

    public Task<Answer> Patch(string path, object? body = null) => Send(HttpMethod.Patch, path, body);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>A body exactly as it is written here.</summary>
    public Task<Answer> Raw(HttpMethod method, string path, string text, string type = "application/json") => Send(method, path, new StringContent(text, Encoding.UTF8, type));

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in Headers.Select(pair => (pair.Key, pair.Value)).Concat(headers))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Bearer is { } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await _http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    /// <summary>Posts one file as a form does.</summary>
    public Task<Answer> Upload(string path, string name, string mime, byte[] bytes)
    {
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new(mime);
        return Send(HttpMethod.Post, path, new MultipartFormDataContent { { part, "file", name } });
    }

    public async Task<byte[]> Download(string path) => await _http.GetByteArrayAsync(path);

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    private Task<Answer> Send(HttpMethod method, string path, object? body = null) =>
        Send(method, path, body is null ? null : new StringContent(JsonSerializer.Serialize(body, Parley.Platform.Json.Options), Encoding.UTF8, "application/json"));
}
