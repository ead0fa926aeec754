// Runs before everything else, in browsers of any age (ES5 only): when the page's own script never starts, it
// says so in place of the waiting text.
(function () {
  function tell() {
    var place = document.getElementById("starting");
    if (window.iaReturns || !place) {
      return;
    }
    place.className = "ia-notice";
    place.textContent =
      "This page cannot start in this browser. Open it in an up-to-date Microsoft Edge, Google Chrome, Firefox or " +
      "Safari. If Edge says that it is in Internet Explorer mode, leave that mode first.";
  }
  window.addEventListener("load", tell);
})();
